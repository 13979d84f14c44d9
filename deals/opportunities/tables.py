"""The columns and orders of opportunities."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.core.keyset import Sort
from crm.web import components, formats
from crm.web.amounts import amount_total
from crm.web.tables import Column, Table, person_cell, text_cell
from customers.companies import options

TONES = {"open": "info", "pending_order": "primary", "won": "ok", "lost": "mute", "void": "mute"}
ICONS = {"void": "circle-dashed"}
STALE_TONES = {"soon": "warn", "late": "bad", "manager": "bad"}
LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)

BY_CHANGE = Sort("updated", _("Last changed first"), "updated_at", descending=True)
BY_NAME = Sort("name", _("Name A to Z"), "sort_key", label_reversed=_("Name Z to A"))
BY_AMOUNT = Sort("amount", _("Smallest first"), "amount", sentinel=Decimal(-1), label_reversed=_("Largest first"))
BY_CLOSE = Sort("close", _("Expected close, soonest first"), "expected_close", sentinel=date(9999, 1, 1), label_reversed=_("Expected close, latest first"))
BY_STAY = Sort("stay", _("Longest in its stage first"), "stage_since", label_reversed=_("Shortest in its stage first"))


def company_cell(row, page):
    """The company, which opens."""
    return format_html('<a href="/customers/companies/{}/">{}</a>', row.company_id, row.company) if row.company_id else None


def stage_cell(row, page):
    """The stage in words on the tint of its kind."""
    draw = lambda: components.status(TONES[row.stage.kind], str(row.stage), ICONS.get(row.stage.kind))  # noqa: E731
    return page.once(("stage", row.stage_id), draw)


def amount_cell(row, page):
    """What it may bring, hidden from whoever may not read amounts."""
    if row.amount is None:
        return None
    return "***" if page.hides("opportunities.amount") else formats.money_plain(row.amount)


def close_words(row):
    """When it is expected to close, and how often that was put off."""
    if row.expected_close is None:
        return ""
    day = formats.day(row.expected_close)
    return gettext("%(day)s · pushed %(n)d×") % {"day": day, "n": row.pushed} if row.pushed else day


def close_cell(row, page):
    """The expected close; amber once it was put off."""
    text = close_words(row)
    return format_html('<span class="km-warn">{}</span>', text) if row.pushed and row.is_running else text


def stay_words(row):
    """Days in the stage against the longest stay."""
    return gettext("%(days)d / %(most)d days") % {"days": row.days_in_stage, "most": row.stage.max_days}


def stay_cell(row, page):
    """How long it has stood in its stage: amber from 80 %, red from the limit on."""
    if not row.is_running:
        return None
    tone = STALE_TONES.get(row.stagnation)
    return components.alarm(tone, stay_words(row), "clock-stop" if tone == "bad" else "clock-exclamation") if tone else stay_words(row)


TABLE = Table(
    noun="opportunities",
    row_url=lambda row: f"/deals/opportunities/{row.pk}/",
    sorts=[BY_CHANGE, BY_NAME, BY_AMOUNT, BY_CLOSE, BY_STAY],
    columns=[
        Column("name", _("Opportunity"), text_cell("name"), sort=BY_NAME, main=True, phone="p1", position=1),
        Column("company", _("Company"), company_cell, value=lambda row: str(row.company or ""), phone="p2", position=10),
        Column("stage", _("Stage"), stage_cell, value=lambda row: str(row.stage), phone="p4", position=20),
        Column("owner", _("Owner"), person_cell(), value=lambda row: str(row.owner or ""), position=30),
        Column(
            "amount",
            _("Expected amount (CNY)"),
            amount_cell,
            total=amount_total("opportunities.amount"),
            value=lambda row: row.amount,
            sort=BY_AMOUNT,
            numeric=True,
            guarded="opportunities.amount",
            edit="amount",
            phone="p3",
            position=40,
        ),
        Column("expected_close", _("Expected close"), close_cell, edit="expected_close", value=lambda row: row.expected_close, sort=BY_CLOSE, position=50),
        Column("stay", _("In its stage"), stay_cell, value=lambda row: row.days_in_stage, sort=BY_STAY, position=60),
        Column("product", _("Product"), lambda row, page: str(row.product) if row.product_id else None, shown=False),
        Column("source", _("Source"), lambda row, page: options.labels("source").get(row.source), shown=False),
        Column(
            "probability", _("Probability"), lambda row, page: f"{row.stage.probability}%", value=lambda row: row.stage.probability, numeric=True, shown=False
        ),
        Column("opened", _("Opened"), lambda row, page: formats.day(row.opened_at), value=lambda row: row.opened_at, shown=False),
        Column("closed", _("Closed"), lambda row, page: formats.day(row.closed_at) if row.closed_at else None, value=lambda row: row.closed_at, shown=False),
        Column(
            "last_contact",
            _("Last contact"),
            lambda row, page: formats.ago(row.last_contact_at) if row.last_contact_at else None,
            value=lambda row: row.last_contact_at,
            shown=False,
        ),
        Column("competitor", _("Competitor"), text_cell("competitor"), shown=False),
        Column("team", _("Team"), lambda row, page: str(row.team) if row.team_id else None, shown=False),
    ],
)
