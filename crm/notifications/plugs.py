"""What notifications add to the house, and the notices of the platform itself."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.accounts.events import NEW_DEVICE
from crm.jobs.kinds import kinds
from crm.jobs.services import FAILED, FINISHED
from crm.notifications import letters  # noqa: F401 - registers its jobs
from crm.notifications.notices import Told, on, says
from crm.notifications.services import unread_count
from crm.web import frame, nav

# A job that took no longer than this was watched to its end.
LONG = 15

frame.badges.add("unread", unread_count)


def _unread(user):
    number = unread_count(user)
    return min(number, 99), number > 99


nav.pages.add("notifications", nav.Page(gettext_lazy("Notices"), "notifications:inbox", "bell", "work", position=90, count=_unread))


@on(NEW_DEVICE)
def new_device(activity):
    """Somebody signed in as this person where he never did before."""
    return [Told(activity.actor_id, dict(activity.data), "/me/", own=True)]


@says(NEW_DEVICE)
def new_device_words(facts):
    """What to do when it was not oneself stands beside it."""
    return _("Signed in on a new device: %(device)s, %(address)s") % facts, _("If it was not you, change your password now.")


@on(FINISHED)
def job_finished(activity):
    """The starter of a long job hears of its end."""
    return [_told(activity)] if activity.data["seconds"] > LONG else []


@on(FAILED)
def job_failed(activity):
    """The starter of a job hears that it came to nothing."""
    return [_told(activity)]


@says(FINISHED)
def finished_words(facts):
    """The words for a job that is done."""
    return _("%(job)s is done") % {"job": _title(facts)}, facts.get("note", "")


@says(FAILED)
def failed_words(facts):
    """The words for a job that failed."""
    return _("%(job)s did not work") % {"job": _title(facts)}, facts.get("message", "")


def _told(activity):
    facts = {key: activity.data[key] for key in ("kind", "note", "message") if key in activity.data}
    return Told(activity.actor_id, facts, f"/jobs/{activity.object_id}/", own=True)


def _title(facts):
    kind = kinds.get(facts["kind"])
    return kind.title if kind else facts["kind"]
