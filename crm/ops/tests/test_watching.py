"""A real worker: what it notes of periodic tasks, and the id of the request in its log."""

import json
import os
from contextlib import closing

import pytest
from celery import current_app
from django.db import connection

from crm.core import context
from crm.jobs import services as jobs
from crm.jobs.models import Job
from crm.jobs.tests import kinds_for_tests  # noqa: F401 - registers them
from crm.ops import broker, periodic, services
from crm.ops.models import TaskRun
from crm.testing.workers import celery_worker, wait_until


@pytest.fixture
def queue():
    """A queue of the test's own, so that no other worker takes what is sent."""
    name, before = f"km-test-ops-{os.getpid()}", current_app.conf.task_default_queue
    current_app.conf.task_default_queue = name
    current_app.amqp.__dict__.pop("queues", None)
    yield name
    current_app.conf.task_default_queue = before
    current_app.amqp.__dict__.pop("queues", None)
    with closing(broker.client()) as line:
        line.delete(name)


def worker(queue, log):
    return celery_worker("--loglevel", "INFO", "-Q", queue, log=log, KEMAN_LOG_FORMAT="json")


def lines(log):
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]


def test_a_job_s_lines_have_the_request_that_started_it_and_a_run_by_hand_is_written_down(people, committed, queue, tmp_path):
    log = tmp_path / "worker.log"
    with worker(queue, log):
        with context.coming_by("page", "REQUEST-9"):
            job = jobs.start("tests.breaks", by=people.rep_a)
            run = services.run_now(periodic.named("jobs: forget those of last month"), by=people.admin)
        wait_until(lambda: Job.objects.get(pk=job.pk).error)
        wait_until(lambda: TaskRun.objects.get(pk=run.pk).finished_at)
    run.refresh_from_db()
    assert (run.task, run.asked_by, run.error, run.request_id) == ("crm.jobs.tasks.tidy", people.admin, "", "REQUEST-9")
    assert run.asked_at <= run.started_at <= run.finished_at
    [broke] = [line for line in lines(log) if line["level"] == "ERROR"]
    assert (broke["request_id"], broke["job"], broke["user"], broke["path"]) == ("REQUEST-9", job.code, people.rep_a.pk, "tests.breaks")
    assert "a secret of the code" in broke["exception"]


def test_a_task_of_the_schedule_that_breaks_is_written_down_with_its_error(committed, queue, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE jobs_job RENAME TO jobs_job_away")
    try:
        with worker(queue, tmp_path / "worker.log"):
            current_app.send_task("crm.jobs.tasks.tidy")
            wait_until(lambda: TaskRun.objects.filter(finished_at__isnull=False).exists())
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE jobs_job_away RENAME TO jobs_job")
    run = TaskRun.objects.get()
    assert run.asked_by is None
    assert run.error.startswith("ProgrammingError")
    assert len(run.request_id) == 8


@pytest.mark.django_db
def test_every_message_tells_the_request_and_when_it_was_sent(queue):
    with context.coming_by("page", "REQUEST-7"):
        current_app.send_task("crm.jobs.tasks.tidy")
    with closing(broker.client()) as line:
        headers = json.loads(line.lindex(queue, -1))["headers"]
    assert headers["km_request_id"] == "REQUEST-7"
    assert broker.waiting(queue).oldest.total_seconds() < 60
