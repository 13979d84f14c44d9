"""The columns and orders of payments and of instalments."""

from django.db.models import Count, Q, Sum
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.keyset import Sort
from crm.core.masking import mask_text
from crm.core.money import DEFAULT_CURRENCY
from crm.web import components, formats
from crm.web.amounts import COVERED, amount_cell, readable
from crm.web.tables import Column, Table, choice_cell, person_cell, text_cell
from deals.payments import states

BY_CHANGE = Sort("updated", _("Last changed first"), "updated_at", descending=True)
BY_RECEIPT = Sort("received", _("Latest first"), "received_on", descending=True, label_reversed=_("Oldest first"))
BY_DUE = Sort("due", _("Due first"), "due_on", label_reversed=_("Due last"))


def company_cell(row, page):
    """The company, which opens."""
    return format_html('<a href="/customers/companies/{}/">{}</a>', row.company_id, row.company)


def order_cell(row, page):
    """The order, which opens."""
    return format_html('<a href="/deals/orders/{}/">{}</a>', row.order_id, row.order)


def signed_cell(row, page):
    """The amount; what went back or was given up stands out."""
    shown = amount_cell("payments.amount")(row, page)
    return components.alarm("warn", shown, "arrow-back-up") if row.amount < 0 or row.kind == row.Kind.BAD_DEBT else shown


def moved_total(listing):
    """What came in less what went back; what was given up moved no money."""
    if not readable(listing.actor, "payments.amount"):
        return ""
    rows = list(listing.in_scope().moved().order_by().values_list("currency").annotate(total=Sum("amount")))
    return formats.money_plain(rows[0][1]) if len(rows) == 1 and rows[0][0] == DEFAULT_CURRENCY else ""


def payer_cell(row, page):
    """Who paid, covered for those who may not read it."""
    return mask_text(row.payer) if row.payer and page.hides("payments.payer") else row.payer


PAYMENTS = Table(
    noun="payments",
    row_url=lambda row: f"/deals/payments/{row.pk}/",
    sorts=[BY_RECEIPT, BY_CHANGE],
    columns=[
        Column("number", _("Payment"), text_cell("number"), main=True, phone="p1", position=1),
        Column("company", _("Company"), company_cell, value=lambda row: str(row.company), phone="p2", position=10),
        Column("kind", _("Kind"), lambda row, page: states.kind_of(row), value=lambda row: row.get_kind_display(), phone="p4", position=15),
        Column(
            "amount", _("Amount (CNY)"), signed_cell, total=moved_total, value=lambda row: row.amount, numeric=True,
            guarded="payments.amount", phone="p3", position=20,
        ),
        Column("received_on", _("Day"), lambda row, page: formats.day(row.received_on), value=lambda row: row.received_on, sort=BY_RECEIPT, position=30),
        Column("method", _("Method"), choice_cell("method"), value=lambda row: row.get_method_display(), position=40),
        Column("payer", _("Payer"), payer_cell, value=lambda row: row.payer, guarded="payments.payer", position=50),
        Column("order", _("Order"), order_cell, value=lambda row: str(row.order), position=60),
        Column("reference", _("Reference"), text_cell("reference"), position=65),
        Column("owner", _("Owner"), person_cell(), value=lambda row: str(row.owner or ""), position=70),
        Column("currency", _("Currency"), choice_cell("currency"), value=lambda row: row.currency, shown=False),
        Column("notes", _("Notes"), text_cell("notes"), shown=False),
        Column("team", _("Team"), lambda row, page: str(row.team) if row.team_id else None, shown=False),
        Column("created", _("Created"), lambda row, page: formats.day(row.created_at), value=lambda row: row.created_at, shown=False),
    ],
)  # fmt: skip


def settled_of(rows, actor):
    """What was paid of each instalment of a page and what is still missing: one query."""
    return states.with_open(rows)


def state_cell(row, page):
    """How the instalment stands."""
    return states.state_of(page.loaded["state"][row.pk])


def part_cell(name, column):
    """A cell with what was settled of an instalment, or what is open."""

    def cell(row, page):
        if page.hides("instalments.amount"):
            return COVERED
        found = page.loaded[column][row.pk]
        value = getattr(found, name)
        if not value:
            return None
        text = formats.money_plain(value)
        return components.alarm("bad", text, "alert-triangle") if name == "open" and states.is_late(found) else text

    return cell


def part_total(name):
    """The sum of what was planned, settled or is open of all instalments of a list; of one currency only."""

    def total(listing):
        if not readable(listing.actor, "instalments.amount"):
            return ""
        if "sums" not in listing.memo:
            listing.memo["sums"] = _sums(listing.in_scope())
        sums = listing.memo["sums"]
        return formats.money_plain(sums[name] or 0) if not sums["others"] else ""

    return total


def _sums(rows):
    """What was planned, settled and is open of these instalments, and how many are in other currencies: one query."""
    others = Count("pk", filter=~Q(order__currency=DEFAULT_CURRENCY))
    sums = {f"sum_of_{name}": Sum(name) for name in ("amount", "settled", "open")}
    found = rows.with_open().order_by().aggregate(others=others, **sums)
    return {name.removeprefix("sum_of_"): value for name, value in found.items()}


def name_cell(row, page):
    """Which part of which order."""
    return gettext("%(order)s no. %(n)d") % {"order": row.order, "n": row.position}


def due_cell(row, page):
    """The day; the exact one, as it is written on invoices."""
    return formats.day(row.due_on) if row.due_on != clock.today() else formats.ago(row.due_on)


INSTALMENTS = Table(
    noun="instalments",
    row_url=lambda row: f"/deals/orders/{row.order_id}/",
    sorts=[BY_DUE],
    columns=[
        Column("name", _("Instalment"), name_cell, value=lambda row: f"{row.order} / {row.position}", main=True, phone="p1", position=1),
        Column("company", _("Company"), company_cell, value=lambda row: str(row.company), phone="p2", position=10),
        Column("due_on", _("Due"), due_cell, value=lambda row: row.due_on, sort=BY_DUE, position=20),
        Column("state", _("State"), state_cell, load=settled_of, phone="p4", position=30),
        Column(
            "amount", _("Amount (CNY)"), amount_cell("instalments.amount"), total=part_total("amount"),
            value=lambda row: row.amount, numeric=True, guarded="instalments.amount", position=40,
        ),
        Column(
            "settled", _("Received (CNY)"), part_cell("settled", "settled"), total=part_total("settled"),
            numeric=True, guarded="instalments.amount", load=settled_of, position=50,
        ),
        Column(
            "open", _("Open (CNY)"), part_cell("open", "open"), total=part_total("open"), numeric=True,
            guarded="instalments.amount", load=settled_of, phone="p3", position=60,
        ),
        Column("owner", _("Owner"), person_cell(), value=lambda row: str(row.owner or ""), position=70),
        Column("contract", _("Contract"), lambda row, page: str(row.order.contract or ""), value=lambda row: str(row.order.contract or ""), shown=False),
        Column("team", _("Team"), lambda row, page: str(row.team) if row.team_id else None, shown=False),
    ],
)  # fmt: skip
