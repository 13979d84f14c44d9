"""Telling a worker that there is something to do; a lost call costs the time until the next sweep, never a job."""

import logging

from celery import current_app

from crm.core import clock

QUIET_SECONDS = 5
log = logging.getLogger(__name__)
_silent: dict[str, float] = {"until": 0.0}


def worker(job_id: int, *, limit: int, expires: int | None = None) -> bool:
    """Ask for the job to be done; False when the broker is away. Never fails and never waits long for a dead broker."""
    return call("crm.jobs.tasks.run", job_id, expires=expires, soft_time_limit=limit, time_limit=limit + 30)


def call(task: str, *args, **options) -> bool:
    """Ask a worker for a task by its name, with options as Celery knows them; False when the broker is away."""
    if clock.monotonic() < _silent["until"]:
        return False
    try:
        current_app.send_task(task, list(args), retry=False, ignore_result=True, **options)
    except Exception as reason:
        _silent["until"] = clock.monotonic() + QUIET_SECONDS
        log.warning("the broker is away, %s %s waits: %s", task, args, reason)
        return False
    return True
