"""What the worker notes of each task: the request it comes from, and of periodic ones when they ran and how it went."""

from celery.signals import task_postrun, task_prerun

from crm.core import context
from crm.ops import services
from crm.ops.models import TaskRun
from crm.ops.periodic import NAMES

# The task each process of the worker is at: what to close when it ends.
_at: dict[str, tuple] = {}


@task_prerun.connect
def begins(task_id, task, **_details) -> None:
    """From here on every line of the log has the id of the request, or for what nobody asked for one of its own."""
    asked = task.request.get("km_request_id") or "-"
    work = context.coming_by("schedule", asked if asked != "-" else task_id[:8].upper(), path=task.name)
    work.__enter__()
    _at[task_id] = (work, None)
    if task.name in NAMES:
        _at[task_id] = (work, services.begin(task.name, task.request.get("km_run")))


@task_postrun.connect
def ends(task_id, state=None, retval=None, **_details) -> None:
    """The run is written down with its error, and the next task starts with a clean slate."""
    work, run = _at.pop(task_id, (None, None))
    if isinstance(run, TaskRun):
        services.end(run, error="" if state == "SUCCESS" else f"{type(retval).__name__}: {retval}")
    if work is not None:
        work.__exit__(None, None, None)
