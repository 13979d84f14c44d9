"""The sections of the page: the figures behind each tile."""

from django.utils.translation import gettext_lazy

from crm.core import clock
from crm.jobs import history
from crm.jobs.models import Job
from crm.ops import broker, lag, periodic, post, queries, storage, tiles, versions
from crm.ops.glances import Section, sections
from crm.ops.policies import ADMINISTER
from crm.web import nav

SHOWN = 15
PROCESSES = {"worker": gettext_lazy("Worker"), "scheduler": gettext_lazy("Scheduler"), "dispatcher": gettext_lazy("Dispatcher")}
TASK_STATES = {
    "off": ("mute", gettext_lazy("switched off")),
    "waiting": ("primary", gettext_lazy("waiting")),
    "running": ("info", gettext_lazy("running")),
    "failed": ("bad", gettext_lazy("failed")),
    "lost": ("bad", gettext_lazy("broken off")),
    "late": ("warn", gettext_lazy("late")),
    "done": ("ok", gettext_lazy("done")),
    "new": ("mute", gettext_lazy("not yet")),
}
JOB_TONES = {"done": "ok", "failed": "bad", "running": "info", "cancelled": "mute", "queued": "primary"}


def jobs(actor):
    """Every kind of job with its numbers and durations."""
    states = dict(Job.State.choices)
    return {"kinds": [(found, JOB_TONES.get(found.last_state), states.get(found.last_state)) for found in history.by_kind()]}


def schedule(actor):
    """The periodic tasks; who administers the house may run each one now."""
    found = [{"one": task, "tone": TASK_STATES[task.state][0], "words": TASK_STATES[task.state][1]} for task in periodic.everything()]
    return {"tasks": found, "may_run": actor.may(ADMINISTER)}


def queues(actor):
    """The queue, and who is there to empty it."""
    living = tiles.alive()
    return {
        "waiting": broker.state(),
        "processes": [{"label": label, "lives": None if living is None else name in living} for name, label in PROCESSES.items()],
    }


def dispatcher(actor):
    """The outbox, and what a reader could not take."""
    return {"lag": lag.state(), "parked": lag.parked()}


def mail(actor):
    """Letters of the last day."""
    return {"post": post.state()}


def room(actor):
    """Database, files, disk."""
    number, size = storage.files()
    disk = storage.room()
    return {
        "database": storage.database(),
        "tables": storage.tables(),
        "files": number,
        "files_size": size,
        "disk": disk,
        "used": disk.total - disk.free,
        "used_percent": round(100 * (disk.total - disk.free) / disk.total),
    }


def pages(actor):
    """The slowest pages of the last day, by the words of the menu where they stand in it."""
    labels = {f"GET {page.url_name}": page.label for page in nav.pages}
    return {"speeds": [{"one": speed, "label": labels.get(speed.page, "")} for speed in tiles.speeds()[:SHOWN]]}


def statements(actor):
    """The slowest statements of the database."""
    return {"slowest": queries.slowest()}


def version(actor):
    """What runs here."""
    return {"programs": versions.all_of_them().items(), "pending": versions.pending_migrations(), "now": clock.now()}


for _name, _title, _order, _template, _context in (
    ("jobs", gettext_lazy("Background jobs"), 10, "jobs", jobs),
    ("schedule", gettext_lazy("Schedule"), 20, "schedule", schedule),
    ("queues", gettext_lazy("Workers and queue"), 30, "queues", queues),
    ("dispatcher", gettext_lazy("Dispatcher"), 40, "dispatcher", dispatcher),
    ("mail", gettext_lazy("Mail"), 70, "mail", mail),
    ("storage", gettext_lazy("Storage"), 80, "storage", room),
    ("pages", gettext_lazy("Slowest pages"), 90, "pages", pages),
    ("queries", gettext_lazy("Slowest queries"), 92, "queries", statements),
    ("versions", gettext_lazy("Version"), 95, "versions", version),
):
    sections.add(_name, Section(_title, f"ops/{_template}.html", _context, _order))
