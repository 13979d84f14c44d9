"""The columns and orders of interactions."""

from django.utils.translation import gettext_lazy as _

from crm.core.keyset import Sort
from crm.web import components, formats
from crm.web.tables import Column, Table, choice_cell, person_cell, text_cell
from interactions.followups.cells import contact_cell, load_abouts, whom_cell
from interactions.log.models import Outcome

TONES = {
    Outcome.INTERESTED: ("ok", "thumb-up"),
    Outcome.AGAIN: ("info", "calendar-repeat"),
    Outcome.UNREACHED: ("mute", "phone-x"),
    Outcome.NOT_INTERESTED: ("mute", "thumb-down"),
    Outcome.WRONG_NUMBER: ("bad", "ban"),
}

BY_TIME = Sort("at", _("Latest first"), "at", descending=True, label_reversed=_("Earliest first"))


def outcome_of(code):
    """An outcome in words on its tint; nothing where there was none."""
    return components.status(TONES[code][0], Outcome(code).label, TONES[code][1]) if code in TONES else ""


def outcome_cell(row, page):
    """What came of it."""
    return page.once(("outcome", row.outcome), lambda: outcome_of(row.outcome))


TABLE = Table(
    noun="interactions",
    row_url=lambda row: f"/interactions/{row.pk}/",
    sorts=[BY_TIME],
    columns=[
        Column("subject", _("Subject"), text_cell("subject"), main=True, phone="p1", position=1),
        Column("whom", _("Customer"), whom_cell, load=load_abouts, value=lambda row: str(row.company or ""), phone="p2", position=10),
        Column("contact", _("Contact"), contact_cell, value=lambda row: str(row.contact or ""), position=15),
        Column("channel", _("Channel"), choice_cell("channel"), value=lambda row: row.get_channel_display(), position=20),
        Column("outcome", _("Outcome"), outcome_cell, value=lambda row: row.get_outcome_display(), phone="p4", position=30),
        Column("at", _("Time"), lambda row, page: formats.moment(row.at), value=lambda row: row.at, sort=BY_TIME, phone="p3", position=40),
        Column("owner", _("Author"), person_cell(), value=lambda row: str(row.owner or ""), position=50),
        Column("satisfaction", _("Satisfaction"), text_cell("satisfaction"), value=lambda row: row.satisfaction, numeric=True, position=60),
        Column("next_step", _("Next step"), text_cell("next_step"), position=70),
        Column("minutes", _("Minutes"), text_cell("minutes"), value=lambda row: row.minutes, numeric=True, shown=False),
        Column("key_points", _("Key points"), text_cell("key_points"), shown=False),
        Column("question", _("Customer's question"), text_cell("question"), shown=False),
        Column("answer", _("Our answer"), text_cell("answer"), shown=False),
        Column(
            "inbound",
            _("The customer contacted us"),
            lambda row, page: components.icon("check", _("yes")) if row.is_inbound else None,
            value=lambda row: row.is_inbound,
            shown=False,
        ),
        Column("team", _("Team"), lambda row, page: str(row.team) if row.team_id else None, shown=False),
    ],
)
