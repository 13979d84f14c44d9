"""A broker that hangs while a worker acknowledges (LIMITS F4): the worker would take nothing any more, so it ends and another begins."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection
from kombu import Connection

from crm.jobs import services as jobs
from crm.jobs.models import Job
from crm.jobs.tests import kinds_for_tests
from crm.ops.embedded import Services, urls

PATIENT = 1  # seconds that a message may lie there in this test


def until(question, seconds=60.0):
    end = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)
    return answer


@pytest.fixture
def own_broker(data_dir):
    """A broker that the test may stop; its address and its process."""
    services = Services(data_dir)
    services.valkey.start()
    yield urls(data_dir)[1], services.valkey.program.process.pid
    services.valkey.stop()


@contextmanager
def worker(address, log):
    database = settings.DATABASE_URL.rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
    env = os.environ | {
        "DATABASE_URL": database, "REDIS_URL": address, "DJANGO_SETTINGS_MODULE": "crm.settings.test", "KEMAN_WORKER_STANDS_AFTER": str(PATIENT),
    }  # fmt: skip
    command = [sys.executable, "-m", "celery", "-A", "crm", "worker", "--concurrency", "1", "--without-gossip", "--without-mingle"]
    with log.open("ab") as out:
        process = subprocess.Popen(
            [*command, "--include", "crm.jobs.tests.kinds_for_tests"], env=env, start_new_session=True, stdout=subprocess.DEVNULL, stderr=out
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def ask(address, job):
    with Connection(address) as line:
        current_app.send_task("crm.jobs.tasks.run", [job.pk], connection=line, queue="celery")


def test_a_worker_that_takes_nothing_after_the_broker_hung_ends_and_the_next_one_does_what_waits(people, committed, own_broker, tmp_path):
    (address, pid), log = own_broker, tmp_path / "worker.log"
    with worker(address, log) as first:
        under_way = jobs.start("tests.steps", by=people.rep_a, args={"wait": 0.01})
        ask(address, under_way)
        until(lambda: Job.objects.get(pk=under_way.pk).done)
        os.kill(pid, signal.SIGSTOP)
        try:
            until(lambda: "Couldn't ack" in log.read_text())
        finally:
            os.kill(pid, signal.SIGCONT)
        assert Job.objects.get(pk=under_way.pk).state == "done"
        waiting = jobs.start("tests.file", by=people.rep_a)
        ask(address, waiting)
        assert first.wait(60) == 0
    assert Job.objects.get(pk=waiting.pk).state == "queued"
    with worker(address, log):
        until(lambda: Job.objects.get(pk=waiting.pk).state == "done")
    assert Job.objects.get(pk=under_way.pk).done == kinds_for_tests.STEPS
