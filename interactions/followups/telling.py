"""The words for what happens to follow-ups, on timelines and in notices."""

from datetime import datetime

from django.utils.translation import gettext as _

from crm.activity.wording import describer
from crm.notifications.notices import Told, on, says
from crm.web import formats
from interactions.followups import events


@describer(events.PLANNED, group="contact", icon="calendar-plus", changes=False, people=("owner",))
def planned(activity, facts):
    """A next step was promised."""
    return _("Next step planned"), _what(activity, facts)


@describer(events.RESCHEDULED, group="contact", icon="calendar-time", changes=False)
def rescheduled(activity, facts):
    """It was put off, or brought forward."""
    before, now = _moment(activity.data["from"]), _moment(activity.data["due_at"])
    return _("Next step rescheduled"), f"{activity.data['title']} · {before} → {now}"


@describer(events.COMPLETED, group="contact", icon="circle-check", changes=False, people=("owner",))
def completed(activity, facts):
    """It is done."""
    return _("Next step done"), activity.data["title"]


@describer(events.CANCELLED, group="contact", icon="circle-x", changes=False)
def cancelled(activity, facts):
    """It is not needed any more."""
    return _("Next step cancelled"), " · ".join(filter(None, (activity.data["title"], activity.data.get("reason", ""))))


@describer(events.DUE, group="contact", icon="bell", changes=False)
def due(activity, facts):
    """Its owner was reminded."""
    return _("Reminder sent"), activity.data["title"]


@on(events.DUE)
def tell_owner(activity):
    """Whoever has to do it is told when the time comes."""
    facts = {"title": activity.data["title"], "due_at": activity.data["due_at"]}
    return [Told(activity.data["owner"], facts, url=f"/followups/{activity.object_id}/", own=True)]


@says(events.DUE)
def due_words(facts):
    """The sentence of the reminder."""
    return _("Due now: %(title)s") % facts, _moment(facts["due_at"])


def _what(activity, facts):
    parts = [activity.data["title"], _moment(activity.data["due_at"])]
    if activity.data.get("owner") not in (None, activity.actor_id):
        parts.append(facts.name("owner"))
    return " · ".join(parts)


def _moment(text):
    return formats.moment(datetime.fromisoformat(text))
