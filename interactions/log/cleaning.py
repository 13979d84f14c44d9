"""What an interaction may look like: one set of rules for page, import and API."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.cleaning import Problems, tidy
from crm.core.errors import Invalid
from interactions.followups import concerns, weekdays
from interactions.log.models import Interaction

FIELDS = (
    "channel",
    "is_inbound",
    "at",
    "minutes",
    "subject",
    "key_points",
    "question",
    "answer",
    "outcome",
    "satisfaction",
    "next_step",
    "external_id",
)
# Given once, when it is logged: whom it concerns never changes, and the next step becomes a follow-up of its own.
ONLY_NEW = (*concerns.FIELDS, "next_step_at")
TOLERANCE = timedelta(minutes=5)
LONGEST_SUBJECT = Interaction._meta.get_field("subject").max_length


def clean(values, *, by, interaction=None):
    """The values in their stored form, or one refusal that names every problem; a correction gives only what changes."""
    unknown = set(values) - set(FIELDS if interaction else FIELDS + ONLY_NEW)
    if unknown:
        raise Invalid(_("This field cannot be set."), field=min(unknown), code="unknown_field")
    values, problems = tidy(values), Problems()
    if interaction is None:
        values["at"] = values.get("at") or clock.now()
        problems.required(values, "channel")
        concerns.check(values, problems, by)
    problems.length(values, Interaction)
    problems.choices(values, Interaction)
    _clean_words(values, interaction, problems)
    _clean_times(values, problems)
    _clean_figures(values, problems)
    problems.check()
    if interaction is None and values.get("next_step") and not values.get("next_step_at") and _is_of_today(values["at"]):
        # What was just agreed on is not lost for want of a time; of a talk of days ago it is only noted.
        values["next_step_at"] = weekdays.next_morning()
    return values


def _is_of_today(moment):
    return timezone.localdate(moment, timezone.get_default_timezone()) == clock.today()


def _clean_words(values, interaction, problems):
    """A subject or key points: the first line of the key points becomes the subject where there is none."""
    if interaction and not {"subject", "key_points", "channel"} & set(values):
        return
    words = {name: values.get(name, getattr(interaction, name, "")) or "" for name in ("subject", "key_points")}
    if not words["subject"] and not words["key_points"]:
        problems.add("key_points", _("Say in a few words what it was about."))
    elif not words["subject"]:
        values["subject"] = words["key_points"].splitlines()[0][:60]
    if interaction and "channel" in values:
        problems.required(values, "channel")


def _clean_times(values, problems):
    moment = values.get("at", clock.now())
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        problems.add("at", _("A date and a time, please."))
    elif moment > clock.now() + TOLERANCE:
        problems.add("at", _("This time lies in the future. Plan a follow-up instead."))


def _clean_figures(values, problems):
    satisfaction, minutes = values.get("satisfaction"), values.get("minutes")
    if satisfaction in ("", None):
        values.update({"satisfaction": None} if "satisfaction" in values else {})
    elif not isinstance(satisfaction, int) or not 1 <= satisfaction <= 5:
        problems.add("satisfaction", _("A whole number from 1 to 5."))
    if minutes is not None and (not isinstance(minutes, int) or not 0 <= minutes <= 24 * 60):
        problems.add("minutes", _("Minutes, from 0 to 1440."))
