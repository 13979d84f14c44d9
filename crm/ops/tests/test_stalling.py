"""A broker that hangs while a worker acknowledges (LIMITS F4): the worker would take nothing any more, so it ends and another begins."""

import os
import signal

import pytest
from celery import current_app
from kombu import Connection

from crm.jobs import services as jobs
from crm.jobs.models import Job
from crm.jobs.tests.kinds_for_tests import STEPS, gate_closed
from crm.ops.embedded import Services, urls
from crm.testing.workers import celery_worker, wait_until

PATIENT = 1  # seconds that a message may lie there in this test


@pytest.fixture
def own_broker(data_dir):
    """A broker that the test may stop; its address and its process."""
    services = Services(data_dir)
    services.valkey.start()
    yield urls(data_dir)[1], services.valkey.program.process.pid
    services.valkey.stop()


def worker(address, log):
    return celery_worker(log=log, REDIS_URL=address, KEMAN_WORKER_STANDS_AFTER=str(PATIENT))


def ask(address, job):
    with Connection(address) as line:
        current_app.send_task("crm.jobs.tasks.run", [job.pk], connection=line, queue="celery")


def test_a_worker_that_takes_nothing_after_the_broker_hung_ends_and_the_next_one_does_what_waits(people, committed, own_broker, tmp_path):
    (address, pid), log = own_broker, tmp_path / "worker.log"
    with worker(address, log) as first:
        with gate_closed():  # the broker hangs before the job can be at its end
            under_way = jobs.start("tests.steps", by=people.rep_a, args={"gate": STEPS - 1})
            ask(address, under_way)
            wait_until(lambda: Job.objects.get(pk=under_way.pk).done == STEPS - 1)
            os.kill(pid, signal.SIGSTOP)
        try:
            wait_until(lambda: "Couldn't ack" in log.read_text())
        finally:
            os.kill(pid, signal.SIGCONT)
        assert Job.objects.get(pk=under_way.pk).state == "done"
        waiting = jobs.start("tests.file", by=people.rep_a)
        ask(address, waiting)
        assert first.wait(60) == 0
    assert Job.objects.get(pk=waiting.pk).state == "queued"
    with worker(address, log):
        wait_until(lambda: Job.objects.get(pk=waiting.pk).state == "done")
    assert Job.objects.get(pk=under_way.pk).done == STEPS
