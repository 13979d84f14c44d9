"""Workers in processes of their own, which a test may kill."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

NAME = "worker of a test"  # by which the database knows its lines: the process of the tests may hold several of its own

# A worker as it is when nobody kills it: it looks again and again for what waits or was left behind.
WORKER = """
import django; django.setup()
import time
from django.conf import settings
for name, value in {changes!r}.items():
    setattr(settings, name, value)
from crm.jobs import services
while not services.work_all():
    time.sleep(0.2)
"""


def start_worker(environment, **changes):
    """Start a worker with these settings changed; it ends when it has done all that waits."""
    return subprocess.Popen([sys.executable, "-c", WORKER.format(changes=changes)], cwd=settings.BASE_DIR, env=environment)


@pytest.fixture
def worker():
    """`worker(MEDIA_ROOT="…")` starts a worker on the database of this test, with these settings changed."""
    url = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{connection.settings_dict['NAME']}"
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "crm.settings.test", "PGAPPNAME": NAME}
    started = []

    def start(**changes):
        started.append(start_worker(environment, **changes))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


@contextmanager
def celery_worker(*words, log=None, **environment):
    """Celery's own worker with one hand on the database of this test, as the house runs it; its lines go to `log`, it and its hand are killed in the end."""
    database = settings.DATABASE_URL.rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
    env = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "crm.settings.test"} | environment
    command = [sys.executable, "-m", "celery", "-A", "crm", "worker", "--concurrency", "1", "--without-gossip", "--without-mingle"]
    command += ["--include", "crm.jobs.tests.kinds_for_tests", *words]
    with Path(log or os.devnull).open("ab") as out:
        process = subprocess.Popen(command, env=env, start_new_session=True, stdout=subprocess.DEVNULL, stderr=out)
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(reached, seconds=240):
    """Look again and again; there is nothing else to wait on in another process."""
    end = time.monotonic() + seconds
    while not (answer := reached()):
        assert time.monotonic() < end, "the other process did not get there in time"
        time.sleep(0.02)
    return answer


def wait_until_no_worker_is_connected(seconds=60):
    """Wait until all processes of the workers have ended, and the database has done with what they sent it."""
    end = time.monotonic() + seconds
    while left := _lines_of_workers():
        assert time.monotonic() < end, left
        time.sleep(0.02)


def _lines_of_workers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, wait_event, query FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s", [NAME])
        return cursor.fetchall()
