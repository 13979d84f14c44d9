"""The columns and orders of feedback."""

from datetime import UTC, datetime

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.keyset import Sort
from crm.web import components, formats
from crm.web.tables import Column, Table, choice_cell, person_cell, text_cell
from feedback.tickets.models import Ticket

State, Priority = Ticket.State, Ticket.Priority
FAR = datetime(9998, 1, 1, tzinfo=UTC)
SOON = 4 * 3600
TONES = {
    State.NEW: ("primary", "inbox"),
    State.WORKING: ("info", "player-play"),
    State.WAITING: ("mute", "player-pause"),
    State.RESOLVED: ("ok", "circle-check"),
    State.CLOSED: ("mute", "archive"),
}
PRIORITY_TONES = {Priority.P1: "bad", Priority.P2: "warn"}

BY_CHANGE = Sort("updated", _("Last changed first"), "updated_at", descending=True)
BY_DUE = Sort("due", _("Due first"), "due_at", sentinel=FAR, label_reversed=_("Due last"))
BY_RECEIPT = Sort("received", _("Latest first"), "received_at", descending=True, label_reversed=_("Oldest first"))


def state_of(ticket):
    """The state of feedback in words, with tone and icon."""
    tone, icon = TONES[ticket.state]
    return components.status(tone, capfirst(ticket.get_state_display()), icon)


def priority_of(ticket):
    """The priority; what is urgent stands out."""
    words = ticket.get_priority_display()
    return components.alarm(PRIORITY_TONES[ticket.priority], words, "flag") if ticket.priority in PRIORITY_TONES else words


def due_of(ticket):
    """By when it is to be solved: late in red, within hours in amber; nothing while the customer's answer is waited for."""
    if not ticket.is_running or ticket.due_at is None:
        return None
    left = (ticket.due_at - clock.now()).total_seconds()
    if left < 0:
        return components.alarm("bad", formats.overdue(ticket.due_at), "clock-stop")
    return components.alarm("warn", formats.ago(ticket.due_at), "clock-exclamation") if left < SOON else formats.ago(ticket.due_at)


def company_cell(row, page):
    """The company, which opens."""
    return format_html('<a href="/customers/companies/{}/">{}</a>', row.company_id, row.company) if row.company_id else None


def moment_cell(name):
    """A cell with a day and a time."""
    return lambda row, page: formats.moment(getattr(row, name)) if getattr(row, name) else None


TABLE = Table(
    noun="tickets",
    row_url=lambda row: f"/feedback/tickets/{row.pk}/",
    sorts=[BY_CHANGE, BY_DUE, BY_RECEIPT],
    columns=[
        Column("name", _("Subject"), text_cell("name"), main=True, phone="p1", position=1),
        Column("number", _("Number"), text_cell("number"), position=5),
        Column("company", _("Company"), company_cell, value=lambda row: str(row.company or ""), phone="p2", position=10),
        Column("category", _("Category"), choice_cell("category"), value=lambda row: row.get_category_display(), position=15),
        Column(
            "priority", _("Priority"),
            lambda row, page: page.once(("priority", row.priority), lambda: priority_of(row)),
            value=lambda row: row.get_priority_display(), position=20,
        ),
        Column(
            "state", _("State"), lambda row, page: page.once(("state", row.state), lambda: state_of(row)),
            value=lambda row: row.get_state_display(), phone="p3", position=25,
        ),
        Column("due_at", _("Due"), lambda row, page: due_of(row), value=lambda row: row.due_at, sort=BY_DUE, phone="p4", position=30),
        Column("owner", _("Owner"), person_cell(), value=lambda row: str(row.owner or ""), position=40),
        Column("received_at", _("Came in"), moment_cell("received_at"), value=lambda row: row.received_at, sort=BY_RECEIPT, position=50),
        Column("contact", _("Contact"), lambda row, page: str(row.contact or ""), value=lambda row: str(row.contact or ""), shown=False),
        Column("product", _("Product"), lambda row, page: str(row.product or ""), value=lambda row: str(row.product or ""), shown=False),
        Column("channel", _("Channel"), choice_cell("channel"), value=lambda row: row.get_channel_display(), shown=False),
        Column("satisfaction", _("Satisfaction"), text_cell("satisfaction"), numeric=True, shown=False),
        Column("first_response_at", _("First answer"), moment_cell("first_response_at"), value=lambda row: row.first_response_at, shown=False),
        Column("resolved_at", _("Resolved at"), moment_cell("resolved_at"), value=lambda row: row.resolved_at, shown=False),
        Column("tags", _("Tags"), lambda row, page: "、".join(row.tags) or None, shown=False),
        Column("team", _("Team"), lambda row, page: str(row.team) if row.team_id else None, shown=False),
    ],
)  # fmt: skip
