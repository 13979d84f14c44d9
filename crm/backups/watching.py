"""Looking every quarter of an hour whether the backups are as they should be, and telling those who keep them when they are not."""

import time
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from crm.accounts.models import User
from crm.backups import services, walog
from crm.backups.entries import FULL
from crm.backups.models import Alarm, Backup, Drill
from crm.backups.refusals import Damaged
from crm.core import clock
from crm.jobs.models import Job
from crm.notifications import letters
from crm.notifications.services import notify
from crm.ops import periodic

# A day and the hours that a backup may take; a week and a day for the drill.
LATEST, PROVED = timedelta(hours=26), timedelta(days=8)
# What is due has to have begun within this, so that with the quarter of an hour between two looks the hour is kept.
BEGUN = timedelta(minutes=30)
TAKING, PROVING = {"crm.backups.tasks.full", "crm.backups.tasks.incremental"}, {"crm.backups.tasks.drill"}
AT_WORK = (Job.State.QUEUED, Job.State.RUNNING)
SPOOLED = timedelta(hours=1)
PAGE, SETTLED = "/operations/backups/", "backups.settled"


def watch() -> list[str]:
    """Tell of what is wrong and of what is so no more; a house without any backup begins with its first one."""
    try:
        services.forget_interrupted()
    except Damaged as busy:
        if busy.code != "busy":
            raise
    if not Backup.objects.exists() and not Job.objects.filter(kind=services.JOB, state__in=AT_WORK).exists():
        services.start(FULL, by=services.system())
        return []
    found = dict(reasons())
    with transaction.atomic():
        for code, facts in found.items():
            alarm(code, facts)
        for over in Alarm.objects.filter(ended_at=None).exclude(code__in=found):
            all_clear(over)
    return list(found)


def reasons() -> list[tuple[str, dict]]:
    """What is not as it should be, as codes with the facts for their sentence."""
    found, now = [], clock.now()
    last = Backup.objects.exclude(state__in=[Backup.State.RUNNING, Backup.State.PRUNED]).first()
    if last is not None and last.state == Backup.State.FAILED:
        found.append(("backups.failed", dict(last.outcome)))
    good = Backup.objects.filter(state=Backup.State.DONE).order_by("-ended_at").first()
    first = Backup.objects.order_by("started_at").first()
    if first is not None and (now - (good.ended_at if good else first.started_at) > LATEST or _is_missed(TAKING, _began_taking, first)):
        found.append(("backups.overdue", {"since": good.ended_at.isoformat() if good else ""}))
    drill = Drill.objects.first()
    if drill is not None and not drill.ok:
        found.append(("backups.drill_failed", {"code": drill.code}))
    if first is not None and (now - (drill.ended_at if drill else first.started_at) > PROVED or _is_missed(PROVING, _began_proving, first)):
        found.append(("backups.drill_overdue", {"since": drill.ended_at.isoformat() if drill else ""}))
    waiting = walog.oldest_waiting()
    if waiting is not None and time.time() - waiting > SPOOLED.total_seconds():
        found.append(("backups.log_waits", {}))
    return found


def _is_missed(tasks, began, first) -> bool:
    """Whether one of these should have begun by the schedule, in a house that had its first backup then, and has not."""
    due = max((task.due_at for task in periodic.everything() if task.task in tasks and task.due_at), default=None)
    return due is not None and first.started_at < due < clock.now() - BEGUN and not began(due)


def _began_taking(due):
    return Backup.objects.filter(Q(started_at__gte=due) | Q(ended_at__gte=due) | Q(state=Backup.State.RUNNING)).exists()


def _began_proving(due):
    return Drill.objects.filter(ended_at__gte=due).exists() or Job.objects.filter(kind=services.DRILL_JOB, started_at__gte=due, state__in=AT_WORK).exists()


def alarm(code, facts) -> None:
    """Tell everybody who keeps the backups: by a notice each day for as long as it lasts, and by mail when it begins."""
    _alarm, is_new = Alarm.objects.get_or_create(code=code, ended_at=None, defaults={"facts": facts, "raised_at": clock.now()})
    for person in keepers():
        notify(person, code, facts, url=PAGE, key=f"{code}:{clock.today()}")
        if is_new:
            letters.tell(person, code, facts, url=PAGE)


def all_clear(over) -> None:
    """Tell the same people that a trouble is over, by notice and by mail."""
    over.ended_at = clock.now()
    over.save(update_fields=["ended_at"])
    facts = {"code": over.code, "facts": over.facts}
    for person in keepers():
        notify(person, SETTLED, facts, url=PAGE, key=f"{SETTLED}:{over.pk}")
        letters.tell(person, SETTLED, facts, url=PAGE)


def keepers() -> list[User]:
    """Those who may make and restore backups."""
    return [person for person in User.objects.with_rights().filter(is_active=True, is_system=False) if person.may("house.back_up")]
