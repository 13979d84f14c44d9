"""A real worker: killed in the middle of a job, started again, every step exactly once."""

import os
import signal
from datetime import timedelta

import pytest
from celery import current_app

from crm.core import clock
from crm.jobs import services
from crm.jobs.models import Job
from crm.jobs.tests.kinds_for_tests import STEPS, gate_closed
from crm.notifications.models import Notice
from crm.testing.workers import celery_worker, wait_until

QUEUE = "km-test-worker"
KILLED_IN = 5  # the step


def worker():
    return celery_worker("--loglevel", "WARNING", "-Q", f"{QUEUE}-{os.getpid()}")


@pytest.fixture
def own_queue():
    before = current_app.conf.task_default_queue
    current_app.conf.task_default_queue = f"{QUEUE}-{os.getpid()}"
    current_app.amqp.__dict__.pop("queues", None)
    yield
    current_app.conf.task_default_queue = before


def test_a_job_whose_worker_is_killed_goes_on_with_another_and_does_every_step_once(people, committed, own_queue):
    with worker() as first, gate_closed():
        job = services.start("tests.steps", by=people.rep_a, args={"gate": KILLED_IN})
        wait_until(lambda: Job.objects.get(pk=job.pk).done == KILLED_IN)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    stopped_at = Job.objects.get(pk=job.pk)
    assert (stopped_at.state, stopped_at.done) == ("running", KILLED_IN)
    # The lease would end by itself within a minute; the test does not wait for it.
    Job.objects.filter(pk=job.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    with worker():
        assert services.sweep() == 1
        wait_until(lambda: Job.objects.get(pk=job.pk).state == "done")
    steps = Notice.objects.filter(key__startswith=f"{job.pk}-").order_by("pk").values_list("facts__step", flat=True)
    assert list(steps) == list(range(STEPS))


def test_a_worker_takes_a_job_right_after_the_commit(people, committed, own_queue):
    with worker():
        job = services.start("tests.file", by=people.rep_a)
        wait_until(lambda: Job.objects.get(pk=job.pk).state == "done")
