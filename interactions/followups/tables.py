"""The columns and orders of follow-ups."""

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.keyset import Sort
from crm.web import components, formats
from crm.web.tables import Column, Table, choice_cell, person_cell, text_cell
from interactions.followups.cells import contact_cell, load_abouts, whom_cell
from interactions.followups.models import FollowUp

State = FollowUp.State
TONES = {State.OPEN: ("info", "hourglass"), State.DONE: ("ok", "circle-check"), State.CANCELLED: ("mute", "circle-x")}

BY_DUE = Sort("due", _("Due soonest first"), "due_at", label_reversed=_("Due latest first"))
BY_CHANGE = Sort("updated", _("Last changed first"), "updated_at", descending=True)


def is_late(row):
    """Whether it should have been done by now."""
    return row.state == State.OPEN and row.due_at < clock.now()


def due_cell(row, page):
    """When it is due; red once that has passed."""
    if row.state != State.OPEN:
        return formats.moment(row.due_at)
    return components.alarm("bad", formats.overdue(row.due_at)) if is_late(row) else formats.ago(row.due_at)


def state_cell(row, page):
    """Its state in words."""
    tone, icon = TONES[row.state]
    return page.once(("state", row.state), lambda: components.status(tone, capfirst(row.get_state_display()), icon))


def done_cell(row, page):
    """A button that says it is done."""
    if row.state != State.OPEN or not page.once("may", lambda: page.actor.may("followups.edit")):
        return None
    words = page.once("words", lambda: str(gettext("Complete")))
    return format_html('<button class="km-button km-sm" form="km-bulk" formaction="/followups/{}/completion/">{}</button>', row.pk, words)


TABLE = Table(
    noun="followups",
    row_url=lambda row: f"/followups/{row.pk}/",
    sorts=[BY_DUE, BY_CHANGE],
    columns=[
        Column("title", _("What to do"), text_cell("title"), main=True, phone="p1", position=1),
        Column("whom", _("Customer"), whom_cell, load=load_abouts, value=lambda row: str(row.company or ""), phone="p2", position=10),
        Column("contact", _("Contact"), contact_cell, value=lambda row: str(row.contact or ""), position=15),
        Column("due", _("Due"), due_cell, value=lambda row: row.due_at, sort=BY_DUE, phone="p3", position=20),
        Column("channel", _("Channel"), choice_cell("channel"), value=lambda row: row.get_channel_display(), position=30),
        Column("state", _("State"), state_cell, value=lambda row: row.get_state_display(), position=40),
        Column("owner", _("Owner"), person_cell(), value=lambda row: str(row.owner or ""), position=50),
        Column("done", _("Complete"), done_cell, value=lambda row: "", phone="p4", position=60),
        Column("closed", _("Closed"), lambda row, page: formats.moment(row.closed_at) if row.closed_at else None, value=lambda row: row.closed_at, shown=False),
        Column("team", _("Team"), lambda row, page: str(row.team) if row.team_id else None, shown=False),
    ],
)
