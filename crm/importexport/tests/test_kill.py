"""The worker is killed for real, in the middle of an import: every row is there exactly once afterwards."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

from crm.importexport import services
from crm.importexport.models import ImportRow
from crm.jobs.models import Job
from customers.companies.models import Company

ROWS = 3000
WORKER = """
import django; django.setup()
from django.conf import settings
settings.MEDIA_ROOT = {media!r}
from crm.jobs import services
services.work_all()
"""


@pytest.fixture
def worker(media):
    """Start a worker in a process of its own on the database of this test."""
    address = connection.settings_dict
    url = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{address['NAME']}"
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "crm.settings.test"}
    started = []

    def start():
        process = subprocess.Popen([sys.executable, "-c", WORKER.format(media=str(media))], cwd=settings.BASE_DIR, env=environment)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def wait_until(reached, seconds=90):
    """Look again and again; there is nothing else to wait on in another process."""
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "the worker did not get there in time"
        time.sleep(0.05)


def test_killed_in_the_middle_every_row_is_taken_exactly_once(committed, sheet, media, people, worker):
    path = sheet("a.csv", ["Company name"], *[[f"Company {number}"] for number in range(ROWS)])
    run = services.receive("companies", path, "a.csv", by=people.manager)
    services.start(run, by=people.manager)
    first = worker()
    wait_until(lambda: Company.objects.count() >= 500)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    taken = Company.objects.count()
    assert 0 < taken < ROWS
    assert taken % 500 == 0
    Job.objects.update(lease_until="2000-01-01T00:00:00Z")
    assert worker().wait(120) == 0
    run.refresh_from_db()
    assert (Company.objects.count(), run.created, run.rows) == (ROWS, ROWS, ROWS)
    assert Company.objects.values("name").distinct().count() == ROWS
    assert ImportRow.objects.filter(run=run, outcome="created").values("row").distinct().count() == ROWS
    assert run.finished_at
