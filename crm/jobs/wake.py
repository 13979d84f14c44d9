"""Telling a worker that there is something to do; a lost call costs the time until the next sweep, never a job."""

import logging

from celery import current_app

from crm.core import clock

QUIET_SECONDS = 5
log = logging.getLogger(__name__)
_silent: dict[str, float] = {"until": 0.0}


def worker(job_id: int, *, limit: int, expires: int | None = None) -> bool:
    """Ask for the job to be done; False when the broker is away. Never fails and never waits long for a dead broker."""
    if clock.monotonic() < _silent["until"]:
        return False
    try:
        current_app.send_task(
            "crm.jobs.tasks.run",
            [job_id],
            retry=False,
            ignore_result=True,
            expires=expires,
            soft_time_limit=limit,
            time_limit=limit + 30,
        )
    except Exception as reason:
        _silent["until"] = clock.monotonic() + QUIET_SECONDS
        log.warning("the broker is away, job %s waits for the sweep: %s", job_id, reason)
        return False
    return True
