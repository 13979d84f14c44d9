"""The columns and orders of contracts."""

from datetime import date

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from crm.core.keyset import Sort
from crm.web import components, formats
from crm.web.amounts import amount_cell, amount_total
from crm.web.tables import Column, Table, choice_cell, person_cell, text_cell
from deals.contracts.models import Contract

State = Contract.State
NEVER = date(1, 1, 2)
TONES = {
    State.DRAFT: ("mute", "file-text"),
    State.SIGNED: ("primary", "signature"),
    State.EXECUTING: ("info", "player-play"),
    State.DONE: ("ok", "circle-check"),
    State.ENDED: ("mute", "circle-x"),
}

BY_CHANGE = Sort("updated", _("Last changed first"), "updated_at", descending=True)
BY_NAME = Sort("name", _("Name A to Z"), "sort_key", label_reversed=_("Name Z to A"))
BY_SIGNING = Sort("signed", _("Last signed first"), "signed_on", descending=True, sentinel=NEVER, label_reversed=_("First signed first"))


def state_of(contract):
    """The state of a contract in words, with tone and icon."""
    tone, icon = TONES[contract.state]
    return components.status(tone, capfirst(contract.get_state_display()), icon)


def company_cell(row, page):
    """The company, which opens."""
    return format_html('<a href="/customers/companies/{}/">{}</a>', row.company_id, row.company)


def day_cell(name):
    """A cell with a calendar day."""
    return lambda row, page: formats.day(getattr(row, name)) if getattr(row, name) else None


TABLE = Table(
    noun="contracts",
    row_url=lambda row: f"/deals/contracts/{row.pk}/",
    sorts=[BY_CHANGE, BY_SIGNING, BY_NAME],
    columns=[
        Column("name", _("Contract"), text_cell("name"), sort=BY_NAME, main=True, phone="p1", position=1),
        Column("number", _("Number"), text_cell("number"), position=5),
        Column("company", _("Company"), company_cell, value=lambda row: str(row.company), phone="p2", position=10),
        Column(
            "state",
            _("State"),
            lambda row, page: page.once(("state", row.state), lambda: state_of(row)),
            value=lambda row: row.get_state_display(),
            phone="p4",
            position=15,
        ),
        Column(
            "amount",
            _("Amount (CNY)"),
            amount_cell("contracts.amount"),
            total=amount_total("contracts.amount"),
            value=lambda row: row.amount,
            numeric=True,
            guarded="contracts.amount",
            phone="p3",
            position=20,
        ),
        Column("signed_on", _("Signed on"), day_cell("signed_on"), value=lambda row: row.signed_on, sort=BY_SIGNING, position=50),
        Column("ends_on", _("Ends"), day_cell("ends_on"), value=lambda row: row.ends_on, position=55),
        Column("owner", _("Owner"), person_cell(), value=lambda row: str(row.owner or ""), position=60),
        Column("currency", _("Currency"), choice_cell("currency"), value=lambda row: row.currency, shown=False),
        Column("starts_on", _("Starts"), day_cell("starts_on"), value=lambda row: row.starts_on, shown=False),
        Column("opportunity", _("Opportunity"), lambda row, page: str(row.opportunity or ""), value=lambda row: str(row.opportunity or ""), shown=False),
        Column("payment_terms", _("Payment terms"), text_cell("payment_terms"), shown=False),
        Column("signatory", _("Signed by"), text_cell("signatory"), shown=False),
        Column("team", _("Team"), lambda row, page: str(row.team) if row.team_id else None, shown=False),
        Column("created", _("Created"), lambda row, page: formats.day(row.created_at), value=lambda row: row.created_at, shown=False),
    ],
)
