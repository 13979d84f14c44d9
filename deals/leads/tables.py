"""The columns and orders of leads."""

from datetime import UTC, datetime

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.keyset import Sort
from crm.core.policy import allows
from crm.web import components, formats
from crm.web.tables import Column, Table, person_cell, text_cell
from customers.companies import options, regions
from deals.leads import policies
from deals.leads.models import Lead

State = Lead.State
LONG_AGO, FAR_AWAY = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
TONES = {
    State.UNASSIGNED: ("warn", "user-x"),
    State.PENDING: ("primary", "hourglass"),
    State.WORKING: ("info", "player-play"),
    State.CONVERTED: ("ok", "circle-check"),
    State.INVALID: ("mute", "circle-x"),
    State.VOID: ("mute", "circle-dashed"),
}

BY_SCORE = Sort("score", _("Best first"), "score", descending=True, label_reversed=_("Weakest first"))
BY_CHANGE = Sort("updated", _("Last changed first"), "updated_at", descending=True)
BY_NAME = Sort("name", _("Name A to Z"), "sort_key", label_reversed=_("Name Z to A"))
BY_BIRTH = Sort("created", _("Newest first"), "created_at", descending=True, label_reversed=_("Oldest first"))


def state_of(lead):
    """The state of a lead in words, with tone and icon."""
    tone, icon = TONES[lead.state]
    return components.status(tone, capfirst(lead.get_state_display()), icon)


def phone_words(lead, actor):
    """The number as this person may read it."""
    number = policies.shown(lead, actor, "mobile")
    if not number:
        return ""
    e164, _mark, extension = number.partition(";")
    return formats.phone(e164, extension) if policies.reads(lead, actor, "mobile") else number


def grade_cell(row, page):
    """The grade as a lettered square."""
    return page.once(("grade", row.grade), lambda: components.grade(row.grade)) if row.grade else None


def next_cell(row, page):
    """What comes next and when; red once that has passed."""
    if row.next_step_at is None:
        return None
    late = row.is_open and row.next_step_at < clock.now()
    when = components.alarm("bad", formats.overdue(row.next_step_at)) if late else formats.ago(row.next_step_at)
    return format_html("{} {}", when, row.next_step)


def holder_cell(row, page):
    """Who looks after it: a person, or the pool it waits in."""
    return person_cell()(row, page) or (components.label(row.pool.name, "waves-electricity") if row.pool_id else None)


def claim_cell(row, page):
    """A button that takes it out of the pool."""
    if row.pool_id is None or row.owner_id or not allows(page.actor, "leads.claim", row):
        return None
    words = page.once("claim", lambda: str(gettext("Claim")))
    return format_html('<button class="km-button km-sm" form="km-bulk" formaction="/deals/leads/{}/claim/">{}</button>', row.pk, words)


def way_cell(field):
    """A cell with an address as the reader may see it."""
    return lambda row, page: policies.shown(row, page.actor, field)


def option_cell(name):
    """A cell with the words of an administrator's list."""
    return lambda row, page: options.labels(name).get(getattr(row, name))


def columns():
    """The columns of both lists of leads."""
    return [
        Column("grade", _("Grade"), grade_cell, value=lambda row: row.grade, position=1),
        Column("name", _("Lead"), text_cell("name"), sort=BY_NAME, main=True, phone="p1", position=2),
        Column("person", _("Person"), text_cell("person"), phone="p2", position=10),
        Column("phone", _("Phone"), lambda row, page: phone_words(row, page.actor), guarded="leads.mobile", position=15),
        Column(
            "state",
            _("State"),
            lambda row, page: page.once(("state", row.state), lambda: state_of(row)),
            value=lambda row: row.get_state_display(),
            phone="p4",
            position=20,
        ),
        Column("score", _("Score"), lambda row, page: f"{row.score:.0f}", value=lambda row: row.score, sort=BY_SCORE, numeric=True, phone="p3", position=25),
        Column("next_step", _("Next step"), next_cell, value=lambda row: row.next_step_at, position=30),
        Column(
            "last_contact",
            _("Last contact"),
            lambda row, page: formats.ago(row.last_contact_at) if row.last_contact_at else None,
            value=lambda row: row.last_contact_at,
            position=40,
        ),
        Column("source", _("Source"), option_cell("source"), edit="source", value=lambda row: options.labels("source").get(row.source, ""), position=50),
        Column("owner", _("Owner"), holder_cell, value=lambda row: str(row.owner or row.pool or ""), position=60),
        Column("created", _("Created"), lambda row, page: formats.day(row.created_at), value=lambda row: row.created_at, sort=BY_BIRTH, position=70),
        Column("position", _("Position"), text_cell("position"), shown=False),
        Column("email", _("E-mail"), way_cell("email"), guarded="leads.email", shown=False),
        Column("wechat", _("WeChat"), way_cell("wechat"), guarded="leads.wechat", shown=False),
        Column(
            "industry", _("Industry"), option_cell("industry"), edit="industry", value=lambda row: options.labels("industry").get(row.industry, ""), shown=False
        ),
        Column("size", _("Size"), option_cell("size"), value=lambda row: options.labels("size").get(row.size, ""), shown=False),
        Column("region", _("Region"), lambda row, page: regions.words(row.region) or None, shown=False),
        Column("need", _("Need"), text_cell("need"), shown=False),
        Column("tags", _("Tags"), lambda row, page: "、".join(row.tags) or None, edit="tags", shown=False),
        Column(
            "company",
            _("Company it became"),
            lambda row, page: str(row.company) if row.company_id else None,
            value=lambda row: str(row.company or ""),
            shown=False,
        ),
        Column("invalid_reason", _("Why invalid"), text_cell("invalid_reason"), shown=False),
        Column("team", _("Team"), lambda row, page: str(row.team) if row.team_id else None, shown=False),
    ]


SORTS = [BY_CHANGE, BY_SCORE, BY_NAME, BY_BIRTH]
TABLE = Table(noun="leads", row_url=lambda row: f"/deals/leads/{row.pk}/", sorts=SORTS, columns=columns())
# In the pool one looks for what to claim: no state, no next step, but the button.
POOL_TABLE = Table(
    noun="leads",
    row_url=TABLE.row_url,
    sorts=[BY_SCORE, BY_CHANGE, BY_NAME, BY_BIRTH],
    columns=[column for column in columns() if column.name not in ("state", "next_step", "company")]
    + [Column("claim", _("Claim"), claim_cell, value=lambda row: "", phone="p4", position=99)],
)
