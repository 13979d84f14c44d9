"""The dispatcher as a process of its own, on the database of the test."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from crm.activity.models import Pending
from crm.activity.spine import event

MANAGE = Path(__file__).parents[3] / "manage.py"


def emptied(seconds: float = 60.0) -> bool:
    end = time.monotonic() + seconds
    while Pending.objects.exists() and time.monotonic() < end:
        time.sleep(0.02)
    return not Pending.objects.exists()


@pytest.fixture
def dispatcher(committed):
    address = settings.DATABASE_URL.rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
    env = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "crm.settings.test"}
    process = subprocess.Popen([sys.executable, str(MANAGE), "dispatch"], env=env)
    yield process
    process.kill()
    process.wait()


def test_events_reach_their_readers_also_after_the_database_dropped_the_line(dispatcher, people):
    def something_happens():
        with event("tests.happened", by=people.admin, subject=people.east):
            pass

    something_happens()
    assert emptied()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
    something_happens()
    assert emptied()
    dispatcher.send_signal(signal.SIGTERM)
    assert dispatcher.wait(60) == 0
