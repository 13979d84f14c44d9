"""What backups add to the house: their jobs, their page, their endpoints, and what is told of them."""

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.backups import events, figures, section, services, watching
from crm.backups.api import BackupJobViewSet, BackupViewSet, DrillViewSet
from crm.backups.models import Backup, Drill
from crm.backups.watching import PAGE, SETTLED, keepers
from crm.backups.wording import words
from crm.jobs.kinds import handler
from crm.notifications.notices import Told, on, sayings, says
from crm.ops.glances import ATTENTION, BAD, OK, Glance, Section, State, glances, sections
from crm.ops.metrics import more
from crm.rest.router import router
from crm.web import formats, nav

OF_DRILLS = {"backups.drill_failed", "backups.drill_overdue"}


def page_of(_job):
    """Where backups and drills are shown."""
    return reverse("backups:list")


nav.pages.add("backups", nav.Page(gettext_lazy("Backups"), "backups:list", "database", "manage", "house.back_up", 95))


@handler(services.JOB, title=gettext_lazy("Backup"), lease=1800, limit=14_400, url=page_of)
def take(run):
    """Take a backup, and tell how far it is."""
    row = services.take(run.args["kind"], by=run.by, tell=run.progress)
    return {"backup": row.code}


@handler(services.DRILL_JOB, title=gettext_lazy("Restore drill"), lease=3600, limit=14_400, url=page_of)
def drill(run):
    """Prove a backup."""
    row = services.drill(by=run.by, code=run.args["code"])
    return {"backup": row.code, "ok": row.ok}


def _told(activity, facts):
    return [Told(person.pk, facts, PAGE, own=True) for person in keepers()]


@on(events.FAILED)
def failed(activity):
    """A run that made no backup is told at once."""
    return _told(activity, dict(activity.data))


@on(events.DRILLED)
def drilled(activity):
    """A drill that failed is told at once; one that held only stands on the page."""
    return [] if activity.data["ok"] else _told(activity, {"code": activity.data["code"]})


@on(events.DOWNLOADED)
def downloaded(activity):
    """Who takes a backup away is told to all who keep them."""
    return _told(activity, dict(activity.data))


@says(events.FAILED)
def failed_words(facts):
    """The words for a run that failed."""
    # Those of before codes were kept hold the words of whoever ran it.
    return _("The last backup failed"), facts.get("message") or words(facts)


@says(events.DRILLED)
@says("backups.drill_failed")
def drill_words(facts):
    """The words for a drill that failed."""
    return _("The restore drill of %(code)s failed") % facts, _("The backup may be of no use: look at the steps of the drill.")


@says(events.DOWNLOADED)
def download_words(facts):
    """The words for a download."""
    return _("%(who)s downloaded %(part)s of the backup %(code)s") % facts


@says(events.OVERDUE)
def overdue_words(facts):
    """The words for a backup that did not happen."""
    since = parse_datetime(facts["since"]) if facts["since"] else None
    return _("No backup was made in time"), (_("The last one ended %(when)s.") % {"when": formats.moment(since)}) if since else _("There is none at all.")


@says("backups.drill_overdue")
def drill_overdue_words(facts):
    """The words for a drill that did not happen."""
    return _("No backup was proved for a week"), _("Start a drill, and look whether worker and scheduler are running.")


@says("backups.log_waits")
def log_words(facts):
    """The words for a log that is not put away."""
    return _("The log of changes is not put away"), _(
        "Changes since the last backup may be lost with this machine: look whether worker and scheduler are running."
    )


@says(SETTLED)
def settled_words(facts):
    """The words for a trouble that is over."""
    told = sayings[facts["code"]](facts["facts"])
    return _("In order again"), _("It is over: %(trouble)s.") % {"trouble": told[0] if isinstance(told, tuple) else told}


def _backups(actor):
    problems = [words(facts) for code, facts in watching.reasons() if code not in OF_DRILLS and (words := sayings[code])]
    if problems:
        return State(BAD, problems[0][0], url=PAGE)
    newest = Backup.objects.filter(state=Backup.State.DONE).order_by("-ended_at").first()
    if newest is None:
        return State(ATTENTION, _("There is none yet; the first one is made within the hour."), url=PAGE)
    return State(OK, _("The newest one ended %(when)s.") % {"when": formats.ago(newest.ended_at)}, url=PAGE)


def _drills(actor):
    problems = [words(facts) for code, facts in watching.reasons() if code in OF_DRILLS and (words := sayings[code])]
    if problems:
        return State(BAD, problems[0][0], url=PAGE)
    newest = Drill.objects.filter(ok=True).first()
    if newest is None:
        return State(ATTENTION, _("No backup has been proved yet."), url=PAGE)
    return State(OK, _("%(code)s came back %(when)s.") % {"code": newest.code, "when": formats.ago(newest.ended_at)}, url=PAGE)


glances.add("backups", Glance(gettext_lazy("Backups"), _backups, order=60))
glances.add("drills", Glance(gettext_lazy("Drills"), _drills, order=61))
more.add("backups", figures.figures)
sections.add("backups", Section(gettext_lazy("Backups"), "backups/section.html", section.context, order=60))
router.register("backups", BackupViewSet, basename="backup")
router.register("drills", DrillViewSet, basename="drill")
router.register("backup-jobs", BackupJobViewSet, basename="backup-job")
