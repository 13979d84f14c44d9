"""The periodic tasks of the house: when each one runs, in words, and how its last runs went."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from celery.schedules import crontab, maybe_schedule
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django_celery_beat.models import PeriodicTask

from crm.core import clock
from crm.ops.glances import asked_once
from crm.ops.models import TaskRun

LATE = timedelta(minutes=10)  # a task that should have run so long ago is late
KEPT = 50  # runs of each task
LOOKED_BACK = timedelta(days=8)
LONGEST = timedelta(hours=2)  # a run that began before and has no end lost its worker
NAMES = frozenset(entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values())


@dataclass(frozen=True)
class Periodic:
    """A task of the schedule with its newest runs, the last one first."""

    name: str
    task: str
    schedule: object
    is_on: bool
    runs: tuple[TaskRun, ...] = ()
    called_at: datetime | None = None

    @property
    def title(self) -> str:
        """The task in words."""
        return _(self.name)

    @property
    def plan(self) -> str:
        """When it runs, in words."""
        return in_words(self.schedule)

    @property
    def last(self) -> TaskRun | None:
        """The last run that ended, else the last one that began, else the one that waits."""
        return next((run for run in self.runs if run.finished_at), self.runs[0] if self.runs else None)

    @property
    def seconds(self) -> float | None:
        """How long the last run took."""
        return self.last.seconds if self.last else None

    @property
    def state(self) -> str:
        """off, waiting, running, failed, lost (its worker died), late, done or new."""
        newest = self.runs[0] if self.runs else None
        if newest and not newest.finished_at and (newest.started_at or newest.asked_at) > clock.now() - LONGEST:
            return "running" if newest.started_at else "waiting"
        if newest and (newest.error or not newest.finished_at):
            return "failed" if newest.error else "lost"
        if not self.is_on:
            return "off"
        if self.is_late:
            return "late"
        return "done" if newest else "new"

    @property
    def next_at(self) -> datetime | None:
        """When it runs next, where that is a time of the day; None where it is off or runs all the time."""
        return self._after(clock.now())

    @property
    def due_at(self) -> datetime | None:
        """When it should have begun last, no further back than a week and a day; None like `next_at`."""
        found, moment = None, self._after(clock.now() - LOOKED_BACK)
        while moment is not None and moment <= clock.now():
            found, moment = moment, self._after(moment)
        return found

    def _after(self, moment):
        if not self.is_on or not isinstance(self.schedule, crontab):
            return None
        from_here, step, _now = self.schedule.remaining_delta(moment)
        return from_here + step

    @property
    def is_late(self) -> bool:
        """Whether it should have run a while ago; what has never run yet is not late."""
        begun = max((run.started_at for run in self.runs if run.started_at), default=self.called_at)
        if begun is None or not self.is_on:
            return False
        due_in = self.schedule.remaining_estimate(begun)
        return due_in < -LATE


@asked_once
def everything() -> list[Periodic]:
    """The tasks of crm/settings/schedule.py, each as the administration has set it since, with its runs."""
    live = {row.name: row for row in PeriodicTask.objects.select_related("interval", "crontab", "solar", "clocked")}
    runs = _runs_by_task()
    return [_one(name, entry, live.get(name), runs.get(entry["task"], ())) for name, entry in settings.CELERY_BEAT_SCHEDULE.items()]


def named(name: str) -> Periodic | None:
    """The task of that name."""
    return next((found for found in everything() if found.name == name), None)


def in_words(schedule) -> str:
    """When a schedule runs: every 30 seconds, every day at 03:20, every week on Sunday at 01:10; a rarer kind as cron writes it."""
    if not isinstance(schedule, crontab):
        return _every(int(schedule.run_every.total_seconds())) if hasattr(schedule, "run_every") else str(schedule)
    fields = [str(getattr(schedule, f"_orig_{field}")) for field in ("minute", "hour", "day_of_week", "day_of_month", "month_of_year")]
    minute, hour, weekday, *months = fields
    if [hour, weekday, *months] == ["*"] * 4 and minute.isdecimal():
        return _("every hour at minute %(minute)s") % {"minute": minute}
    if months != ["*", "*"] or not (minute.isdecimal() and hour.isdecimal()):
        return " ".join((minute, hour, *months, weekday))
    time = f"{int(hour):02}:{int(minute):02}"
    if weekday == "*":
        return _("every day at %(time)s") % {"time": time}
    days = sorted(schedule.day_of_week, key=lambda day: (day - 1) % 7)
    return _("every week on %(days)s at %(time)s") % {"days": pgettext("between days", ", ").join(map(_weekday, days)), "time": time}


def _one(name, entry, row, runs):
    schedule = row.schedule if row else maybe_schedule(entry["schedule"])
    return Periodic(name, entry["task"], schedule, row.enabled if row else True, tuple(runs), row.last_run_at if row else None)


def _runs_by_task():
    """The newest runs of each task in one statement; there are never more than KEPT of each."""
    found = {}
    for run in TaskRun.objects.select_related("asked_by").order_by("-pk"):
        found.setdefault(run.task, []).append(run)
    return found


def _every(seconds):
    if seconds % 3600 == 0:
        return ngettext("every hour", "every %(n)d hours", seconds // 3600) % {"n": seconds // 3600}
    if seconds % 60 == 0:
        return ngettext("every minute", "every %(n)d minutes", seconds // 60) % {"n": seconds // 60}
    return ngettext("every second", "every %(n)d seconds", seconds) % {"n": seconds}


def _weekday(number):
    return (_("Sunday"), _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"))[number % 7]
