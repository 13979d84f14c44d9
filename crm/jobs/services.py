"""Starting, doing, stopping and picking up background jobs."""

import logging
import shutil
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.activity.spine import change, event
from crm.core import clock, context
from crm.core.errors import Refusal, WrongState
from crm.core.policy import require
from crm.jobs import away, wake
from crm.jobs.kinds import Kind, kinds
from crm.jobs.models import Job
from crm.jobs.running import Run, Stopped, folder

FINISHED = "jobs.finished"
FAILED = "jobs.failed"
RETRIED = "jobs.retried"
TRIES = 5
KEPT = timedelta(days=30)
log = logging.getLogger(__name__)


def start(kind: str, *, by, args=None) -> Job:
    """Note down work to be done in the background, in the open transaction; a worker is called after the commit."""
    job = Job.objects.create(
        kind=kind,
        actor=by,
        args=args or {},
        via=context.via(),
        language=by.language or translation.get_language() or "",
        request_id=context.request_id().strip("-"),
        created_at=clock.now(),
    )
    _call_a_worker(job)
    return job


def retry(job: Job, *, by) -> Job:
    """Let a job that was given up be done after all: it goes on behind its last finished step, again with all its tries."""
    with change(RETRIED, job, by=by, right="jobs.edit") as (job, found):
        if job.state != Job.State.FAILED:
            raise WrongState(gettext_lazy("Only a job that failed can be tried again."))
        if job.kind not in kinds:
            raise WrongState(gettext_lazy("Nobody knows this kind of job any more, so it cannot be tried again."))
        found.data |= {"kind": job.kind, "error": job.error[:300]}
        values = {"state": Job.State.QUEUED, "attempts": 0, "message": "", "started_at": None, "finished_at": None}
        for name, value in values.items():
            setattr(job, name, value)
        job.save(update_fields=list(values))
        _call_a_worker(job)
    return job


def cancel(job: Job, *, by) -> Job:
    """Stop a job: what it has finished stays, what it is at is undone."""
    require(by, "jobs.edit", job)
    stopped = Job.objects.filter(pk=job.pk, state__in=(Job.State.QUEUED, Job.State.RUNNING)).update(
        state=Job.State.CANCELLED, finished_at=clock.now(), holder=None, lease_until=None
    )
    job.refresh_from_db()
    if not stopped and job.state != Job.State.CANCELLED:
        raise WrongState(gettext_lazy("This job is over already."))
    return job


def claim(job_id: int | None = None) -> Job | None:
    """Take a job that waits (this one, or the oldest) for this worker alone; None when there is nothing to take."""
    while True:
        with transaction.atomic():
            waiting = Job.objects.select_for_update(skip_locked=True).due(clock.now()).order_by("pk")
            job = (waiting.filter(pk=job_id) if job_id else waiting).first()
            if job is None:
                return None
            if job.attempts < TRIES and job.kind in kinds:
                return _taken(job)
            _give_up(job)


def work(job: Job) -> None:
    """Do a claimed job to its end, or note why it did not come to one."""
    kind = kinds[job.kind]
    run = Run(job, kind.lease)
    known = context.coming_by(job.via, job.request_id or job.code, job=job.code, user=job.actor_id, path=job.kind)
    with known, translation.override(job.language or settings.LANGUAGE_CODE):
        try:
            _finish(run, kind.run(run) or {})
        except Stopped:
            log.info("job %s was stopped", job)
        except Refusal as refusal:
            _give_up_own(run, error=refusal.code, message=str(refusal))
        except Exception as failure:
            log.exception("job %s failed", job)
            if away.means_gone(failure):
                _hand_on(run, kind)
            else:
                _failed(run, kind, failure)


def work_all() -> int:
    """Do every job that waits, one after the other, in this process; how many there were."""
    number = 0
    while job := claim():
        work(job)
        number += 1
    return number


def sweep(limit: int = 100) -> int:
    """Call a worker for what waits or was left behind; how many jobs that is."""
    found = list(Job.objects.due(clock.now()).order_by("pk").values_list("pk", "kind")[:limit])
    for number, kind in found:
        known = kinds.get(kind)
        # The call fades before the next sweep: a busy worker does not find a pile of old ones.
        if not wake.worker(number, limit=known.limit if known else Kind.limit, expires=15):
            break
    return len(found)


def forget_old() -> int:
    """Remove jobs that ended a month ago, with their files."""
    old = list(Job.objects.filter(finished_at__lt=clock.now() - KEPT).values_list("pk", flat=True)[:5000])
    for number in old:
        shutil.rmtree(folder(number), ignore_errors=True)
    Job.objects.filter(pk__in=old).delete()
    return len(old)


def _call_a_worker(job):
    limit = kinds[job.kind].limit
    transaction.on_commit(lambda: wake.worker(job.pk, limit=limit))


def _finish(run, result):
    with event(FINISHED, by=run.by, subject=run.job) as found:
        run.result |= result
        found.data |= {"kind": run.job.kind, "seconds": _seconds(run.job), "note": run.job.note}
        _close_mine(run, state=Job.State.DONE, done=max(run.job.done, run.job.total), result=run.result, error="", message="")


def _hand_on(run, kind):
    """The database was away: once it is there again another try goes on behind the last finished step."""
    if away.comes_back(kind.lease):
        mine = Job.objects.filter(pk=run.job.pk, holder=run.job.holder, state=Job.State.RUNNING)
        if mine.update(state=Job.State.QUEUED, holder=None, lease_until=None):
            wake.worker(run.job.pk, limit=kind.limit)


def _failed(run, kind, failure):
    error = f"{type(failure).__name__}: {failure}"[:2000]
    if run.job.attempts >= TRIES:
        _give_up_own(run, error=error, message=_failed_words(run.job))
        return
    pause = timedelta(seconds=10 * 2**run.job.attempts)
    Job.objects.filter(pk=run.job.pk, holder=run.job.holder, state=Job.State.RUNNING).update(
        state=Job.State.QUEUED, holder=None, lease_until=clock.now() + pause, error=error
    )


def _give_up_own(run, *, error, message):
    try:
        with event(FAILED, by=run.by, subject=run.job) as found:
            found.data |= {"kind": run.job.kind, "seconds": _seconds(run.job), "message": message[:500]}
            _close_mine(run, state=Job.State.FAILED, error=error, message=message[:500])
    except Stopped:
        log.info("job %s was stopped", run.job)


def _close_mine(run, **values):
    job = run.job
    mine = Job.objects.filter(pk=job.pk, holder=job.holder, state=Job.State.RUNNING)
    if not mine.update(finished_at=clock.now(), holder=None, lease_until=None, **values):
        raise Stopped


def _taken(job):
    job.state, job.holder = Job.State.RUNNING, uuid.uuid4()
    job.attempts += 1
    job.lease_until = clock.now() + timedelta(seconds=kinds[job.kind].lease)
    job.started_at = job.started_at or clock.now()
    job.save(update_fields=["state", "holder", "attempts", "lease_until", "started_at"])
    return job


def _give_up(job):
    job.state, job.holder, job.lease_until, job.finished_at = Job.State.FAILED, None, None, clock.now()
    job.error = job.error or ("its worker died every time" if job.kind in kinds else "nobody knows this kind of job")
    job.message = _failed_words(job)
    job.save(update_fields=["state", "holder", "lease_until", "finished_at", "error", "message"])


def _failed_words(job):
    with translation.override(job.language or settings.LANGUAGE_CODE):
        return _("This did not work, and trying again did not help. Tell your administrator the code %(code)s.") % {"code": job.code}


def _seconds(job):
    return int((clock.now() - job.started_at).total_seconds())
