"""The regular work: the full backup of the week, the increments of the days, the drill, the log of changes, the watch."""

from celery import shared_task

from crm.backups import services, watching
from crm.backups.entries import FULL, INCREMENTAL
from crm.core import context


@shared_task(name="crm.backups.tasks.full")
def full():
    """Begin the full backup of the week."""
    _start(services.start, FULL)


@shared_task(name="crm.backups.tasks.incremental")
def incremental():
    """Begin the backup of the day."""
    _start(services.start, INCREMENTAL)


@shared_task(name="crm.backups.tasks.drill")
def drill():
    """Begin the drill of the week."""
    _start(services.start_drill)


@shared_task(name="crm.backups.tasks.ship")
def ship():
    """Put the finished pieces of the log of changes away."""
    services.ship()


@shared_task(name="crm.backups.tasks.watch")
def watch():
    """Look whether all is as it should be."""
    with context.coming_by("schedule"):
        watching.watch()


def _start(verb, *words):
    with context.coming_by("schedule"):
        verb(*words, by=services.system())
