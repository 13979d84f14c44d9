"""What a follow-up may look like: one set of rules for page, import and API."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.cleaning import Problems, tidy
from crm.core.errors import Invalid
from interactions.followups import concerns
from interactions.followups.models import Channel, FollowUp

FIELDS = ("title", "channel", "due_at", "remind_at", "external_id", *concerns.FIELDS)
TOLERANCE = timedelta(minutes=5)
WARNING = timedelta(minutes=15)


def clean(values, *, by, agreed_in=None):
    """The values of a new follow-up in their stored form, or one refusal that names every problem.

    Whom it concerns is not asked again where it was agreed in an interaction just logged with them.
    """
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise Invalid(_("This field cannot be set."), field=min(unknown), code="unknown_field")
    values, problems = tidy(values), Problems()
    values["channel"] = values.get("channel") or Channel.PHONE
    problems.required(values, "title", "due_at")
    problems.length(values, FollowUp)
    problems.choices(values, FollowUp)
    if agreed_in is None:
        concerns.check(values, problems, by)
    if values.get("due_at"):
        values["remind_at"] = clean_times(values["due_at"], values.get("remind_at", ...), problems)
    problems.check()
    return values


def clean_times(due_at, remind_at, problems):
    """When to remind: as asked, or a quarter of an hour before; an explicit None reminds never."""
    if not isinstance(due_at, datetime) or due_at.tzinfo is None:
        problems.add("due_at", _("A date and a time, please."))
        return None
    if due_at < clock.now() - TOLERANCE:
        problems.add("due_at", _("This time has passed."))
    if remind_at is ...:
        return due_at - WARNING if due_at - WARNING > clock.now() else due_at
    if remind_at is not None and remind_at > due_at:
        problems.add("remind_at", _("The reminder must not come after the time itself."))
    return remind_at
