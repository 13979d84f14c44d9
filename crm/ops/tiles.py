"""The tiles of the page: for each part one sentence that says how it stands and, where something is wrong, the way out."""

from datetime import timedelta

from django.db.models import Count, Min
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from redis.exceptions import RedisError

from crm.core import clock
from crm.jobs.models import Job
from crm.ops import broker, heartbeats, lag, periodic, post, storage, timings, versions
from crm.ops.glances import ATTENTION, BAD, OK, Glance, State, asked_once, glances
from crm.ops.timings import Speed
from crm.web import formats

LATELY = timedelta(days=1)
LONG_QUEUE, LONG_WAIT = 100, timedelta(minutes=1)
LAG = timedelta(seconds=30)
STUCK = timedelta(minutes=10)  # a job that waits so long finds no worker
SLOW, ENOUGH = 2.0, 20  # seconds for nineteen of twenty answers; so many answers tell something


@asked_once
def alive() -> set[str] | None:
    """Which processes gave a sign of life lately; None when nobody can tell."""
    try:
        return heartbeats.living()
    except RedisError:
        return None


@asked_once
def speeds() -> list[Speed]:
    """The pages of the last day, the slowest first; this process's own counts are among them."""
    timings.book.hand_over()
    try:
        return timings.book.speeds()
    except RedisError:
        return []


def jobs(actor) -> State:
    """Whether background jobs come to a good end."""
    now = clock.now()
    failed = Job.objects.failed().filter(finished_at__gt=now - LATELY).count()
    waiting = Job.objects.filter(state=Job.State.QUEUED, lease_until=None).aggregate(number=Count("pk"), since=Min("created_at"))
    oldest = now - waiting["since"] if waiting["number"] else timedelta()
    url = reverse("ops:jobs")
    if oldest > STUCK:
        return State(BAD, _("A job has waited for %(span)s: see whether a worker runs.") % {"span": formats.span(oldest)}, f"{url}?state=queued")
    if failed:
        words = ngettext(
            "%(n)d job failed since yesterday: see why, and try it again.", "%(n)d jobs failed since yesterday: see why, and try them again.", failed
        )
        return State(ATTENTION, words % {"n": failed}, f"{url}?state=failed")
    running = Job.objects.filter(state=Job.State.RUNNING).count()
    return State(OK, _("%(running)d running, %(waiting)d waiting, none failed since yesterday.") % {"running": running, "waiting": waiting["number"]}, "#jobs")


def schedule(actor) -> State:
    """Whether the periodic tasks run, and end well."""
    found = periodic.everything()
    bad = [task for task in found if task.state in ("failed", "lost")]
    late = [task for task in found if task.state == "late"]
    if bad:
        return State(ATTENTION, _("“%(title)s” did not end well: see why, and run it again.") % {"title": bad[0].title}, "#schedule")
    if late:
        return State(ATTENTION, _("“%(title)s” should have run: see whether the scheduler runs.") % {"title": late[0].title}, "#schedule")
    return State(OK, ngettext("%(n)d periodic task runs as planned.", "%(n)d periodic tasks run as planned.", len(found)) % {"n": len(found)}, "#schedule")


def queues(actor) -> State:
    """Whether somebody takes the work."""
    living, waiting = alive(), broker.state()
    if living is None or waiting is None:
        return State(BAD, _("The broker does not answer: start Valkey or Redis. Jobs are kept and wait."), "#queues")
    for process, sentence in (
        ("worker", _("No worker gives a sign of life: start one with “manage.py up” or Celery.")),
        ("scheduler", _("The scheduler gives no sign of life: nothing periodic runs. Start it with “manage.py up” or Celery beat.")),
    ):
        if process not in living:
            return State(BAD, sentence, "#queues")
    if waiting.messages > LONG_QUEUE or (waiting.oldest or timedelta()) > LONG_WAIT:
        words = _("%(n)d messages wait, the oldest for %(span)s: more workers would help.")
        return State(ATTENTION, words % {"n": waiting.messages, "span": formats.span(waiting.oldest)}, "#queues")
    words = ngettext("Worker and scheduler are alive, %(n)d message waits.", "Worker and scheduler are alive, %(n)d messages wait.", waiting.messages)
    return State(OK, words % {"n": waiting.messages}, "#queues")


def dispatcher(actor) -> State:
    """Whether events reach their readers."""
    living, found = alive(), lag.state()
    if living is not None and "dispatcher" not in living:
        words = _("%(n)d events wait for their readers: start the dispatcher with “manage.py up” or “manage.py dispatch”.")
        return State(BAD, words % {"n": found.pending}, "#dispatcher")
    if found.oldest and found.oldest > LAG:
        words = ngettext("It catches up: %(n)d event waits.", "It catches up: %(n)d events wait.", found.pending)
        return State(ATTENTION, words % {"n": found.pending}, "#dispatcher")
    if found.parked:
        words = ngettext("A reader could not take %(n)d event; it is tried again.", "A reader could not take %(n)d events; they are tried again.", found.parked)
        return State(ATTENTION, words % {"n": found.parked}, "#dispatcher")
    return State(OK, _("Events reach their readers at once."), "#dispatcher")


def mail(actor) -> State:
    """Whether letters leave the house."""
    found = post.state()
    if found.failed:
        words = ngettext("%(n)d letter could not be sent since yesterday: see why.", "%(n)d letters could not be sent since yesterday: see why.", found.failed)
        return State(ATTENTION, words % {"n": found.failed}, "#mail")
    if not found.server:
        return State(ATTENTION, _("No mail server is set, so letters reach nobody: set EMAIL_URL."), "#mail")
    words = ngettext("%(n)d letter sent since yesterday by %(server)s.", "%(n)d letters sent since yesterday by %(server)s.", found.sent)
    return State(OK, words % {"n": found.sent, "server": found.server}, "#mail")


def room(actor) -> State:
    """Whether there is room left."""
    found = storage.room()
    facts = {"free": filesizeformat(found.free), "total": filesizeformat(found.total)}
    if found.tone == OK:
        return State(OK, _("%(free)s of %(total)s are free.") % facts, "#storage")
    return State(found.tone, _("Only %(free)s of %(total)s are free: make room, or move the data folder to a larger disk.") % facts, "#storage")


def pages(actor) -> State:
    """Whether pages come quickly."""
    found = speeds()
    slow = [speed for speed in found if speed.p95 > SLOW and speed.count >= ENOUGH]
    if slow:
        words = _("One in twenty answers of “%(page)s” takes longer than %(time)s.")
        return State(ATTENTION, words % {"page": slow[0].page, "time": formats.duration(slow[0].p95)}, "#pages")
    if not found:
        return State(OK, _("No page was asked for yet."), "#pages")
    count = sum(speed.count for speed in found)
    words = ngettext("%(n)s answer since yesterday, no often used page is slow.", "%(n)s answers since yesterday, no often used page is slow.", count)
    return State(OK, words % {"n": formats.number(count)}, "#pages")


def version(actor) -> State:
    """Whether code and tables fit."""
    pending = versions.pending_migrations()
    if pending:
        words = ngettext(
            "%(n)d change to the tables is missing: run “manage.py migrate”.", "%(n)d changes to the tables are missing: run “manage.py migrate”.", len(pending)
        )
        return State(BAD, words % {"n": len(pending)}, "#versions")
    return State(OK, _("Keman %(version)s on PostgreSQL %(postgres)s.") % {"version": versions.PRODUCT, "postgres": versions.postgres()}, "#versions")


for _name, _title, _order, _ask in (
    ("jobs", gettext_lazy("Background jobs"), 10, jobs),
    ("schedule", gettext_lazy("Schedule"), 20, schedule),
    ("queues", gettext_lazy("Workers and queue"), 30, queues),
    ("dispatcher", gettext_lazy("Dispatcher"), 40, dispatcher),
    ("mail", gettext_lazy("Mail"), 70, mail),
    ("storage", gettext_lazy("Storage"), 80, room),
    ("pages", gettext_lazy("Pages"), 90, pages),
    ("versions", gettext_lazy("Version"), 95, version),
):
    glances.add(_name, Glance(_title, _ask, _order))
