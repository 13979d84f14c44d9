"""The columns and orders of orders."""

from datetime import UTC, datetime

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.core.keyset import Sort
from crm.web import components, formats
from crm.web.amounts import amount_cell, amount_total
from crm.web.tables import Column, Table, choice_cell, person_cell, text_cell
from deals.orders.models import Order

State = Order.State
NEVER = datetime(1, 1, 2, tzinfo=UTC)
TONES = {State.DRAFT: ("mute", "file-text"), State.PLACED: ("ok", "circle-check"), State.CANCELLED: ("mute", "circle-x")}

BY_CHANGE = Sort("updated", _("Last changed first"), "updated_at", descending=True)
BY_PLACING = Sort("placed", _("Last placed first"), "placed_at", descending=True, sentinel=NEVER, label_reversed=_("First placed first"))


def state_of(order):
    """The state of an order in words; a draft may wait for a word about its price."""
    if order.is_draft and order.awaits_agreement:
        return components.status("primary", gettext("Special price, waiting"), "hourglass")
    tone, icon = TONES[order.state]
    return components.status(tone, capfirst(order.get_state_display()), icon)


def company_cell(row, page):
    """The company, which opens."""
    return format_html('<a href="/customers/companies/{}/">{}</a>', row.company_id, row.company)


def contract_cell(row, page):
    """The contract, which opens."""
    return format_html('<a href="/deals/contracts/{}/">{}</a>', row.contract_id, row.contract) if row.contract_id else None


def special_cell(row, page):
    """Whether the price is a special one, and whether it was agreed to."""
    if not row.is_special_price:
        return None
    return components.alarm("warn", gettext("awaits agreement"), "hourglass") if row.awaits_agreement else components.alarm("ok", gettext("agreed"))


TABLE = Table(
    noun="orders",
    row_url=lambda row: f"/deals/orders/{row.pk}/",
    sorts=[BY_CHANGE, BY_PLACING],
    columns=[
        Column("number", _("Order"), text_cell("number"), main=True, phone="p1", position=1),
        Column("company", _("Company"), company_cell, value=lambda row: str(row.company), phone="p2", position=10),
        Column("contract", _("Contract"), contract_cell, value=lambda row: str(row.contract or ""), position=15),
        Column(
            "state",
            _("State"),
            lambda row, page: page.once(("state", row.state, row.awaits_agreement), lambda: state_of(row)),
            value=lambda row: row.get_state_display(),
            phone="p4",
            position=20,
        ),
        Column(
            "amount",
            _("Amount (CNY)"),
            amount_cell("orders.amount"),
            total=amount_total("orders.amount"),
            value=lambda row: row.amount,
            numeric=True,
            guarded="orders.amount",
            phone="p3",
            position=30,
        ),
        Column(
            "placed_at",
            _("Placed"),
            lambda row, page: formats.day(row.placed_at) if row.placed_at else None,
            value=lambda row: row.placed_at,
            sort=BY_PLACING,
            position=50,
        ),
        Column("owner", _("Owner"), person_cell(), value=lambda row: str(row.owner or ""), position=60),
        Column("special", _("Special price"), special_cell, value=lambda row: row.is_special_price, shown=False),
        Column("opportunity", _("Opportunity"), lambda row, page: str(row.opportunity or ""), value=lambda row: str(row.opportunity or ""), shown=False),
        Column("currency", _("Currency"), choice_cell("currency"), value=lambda row: row.currency, shown=False),
        Column("team", _("Team"), lambda row, page: str(row.team) if row.team_id else None, shown=False),
        Column("created", _("Created"), lambda row, page: formats.day(row.created_at), value=lambda row: row.created_at, shown=False),
    ],
)
