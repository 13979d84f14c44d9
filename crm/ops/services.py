"""Starting a periodic task out of turn, and writing down how each run went."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from crm.activity.spine import event
from crm.core import clock, context
from crm.core.policy import require
from crm.jobs import wake
from crm.ops.models import TaskRun
from crm.ops.periodic import KEPT, LONGEST, Periodic
from crm.ops.policies import ADMINISTER

RUN = "operations.task_run"
LOST = "its worker died"
FORGET_SQL = """
DELETE FROM ops_taskrun WHERE task = %s AND id <= (SELECT id FROM ops_taskrun WHERE task = %s ORDER BY id DESC OFFSET %s LIMIT 1)
"""


def run_now(periodic: Periodic, *, by) -> TaskRun:
    """Let a periodic task run out of turn; once at a time, however often somebody asks."""
    with event(RUN, by=by, data={"name": periodic.name}) as found:
        require(by, ADMINISTER)
        _give_up_lost(periodic.task)
        run = TaskRun.objects.create(task=periodic.task, asked_by=by, asked_at=clock.now(), request_id=context.request_id().strip("-"))
        found.subject = run
        transaction.on_commit(lambda: _hand_over(run))
    return run


def begin(task: str, asked: int | None = None) -> TaskRun:
    """A worker begins a periodic task: the one somebody asked for, or one of the schedule."""
    now = clock.now()
    if asked and TaskRun.objects.filter(pk=asked, task=task, started_at=None).update(started_at=now):
        return TaskRun.objects.get(pk=asked)
    return TaskRun.objects.create(task=task, asked_at=now, started_at=now, request_id=context.request_id().strip("-"))


def end(run: TaskRun, error: str = "") -> None:
    """It is over, well or with an error; of each task the newest runs are kept."""
    TaskRun.objects.filter(pk=run.pk).update(finished_at=clock.now(), error=error[:2000])
    with connection.cursor() as cursor:
        cursor.execute(FORGET_SQL, [run.task, run.task, KEPT])


def _hand_over(run):
    if not wake.call(run.task, headers={"km_run": run.pk}):
        TaskRun.objects.filter(pk=run.pk).update(finished_at=clock.now(), error=_("No broker took it: see “Workers and queue”."))


def _give_up_lost(task):
    """A run whose worker died long ago stands in nobody's way."""
    TaskRun.objects.filter(task=task, finished_at=None, asked_at__lt=clock.now() - LONGEST).update(finished_at=clock.now(), error=LOST)
