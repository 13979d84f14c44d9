"""A worker is killed for real in the middle of a cleaning: every value is written exactly once afterwards."""

import os
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from crm.activity.models import Activity
from crm.core import clock
from crm.jobs.models import Job
from customers.companies import services as companies
from customers.companies.models import Company
from customers.quality import services
from customers.quality.models import CleaningRun, Proposal

ROWS = 2500
WORKER = """
import django; django.setup()
import time
from crm.jobs import services
while not services.work_all():
    time.sleep(0.1)
"""


@pytest.fixture
def worker():
    """Start a worker in a process of its own on the database of this test."""
    url = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{connection.settings_dict['NAME']}"
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "crm.settings.test"}
    started = []

    def start():
        started.append(subprocess.Popen([sys.executable, "-c", WORKER], cwd=settings.BASE_DIR, env=environment))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def wait_until(reached, seconds=120):
    """Look again and again; there is nothing else to wait on in another process."""
    end = time.monotonic() + seconds
    while not (answer := reached()):
        assert time.monotonic() < end, "the worker did not get there in time"
        time.sleep(0.02)
    return answer


def test_a_worker_killed_in_the_middle_leaves_each_value_written_once(committed, people, worker):
    companies.create_many([{"name": f"恒立达(上海)科技{number}有限公司"} for number in range(ROWS)], by=people.rep_a)
    run = services.start(by=people.manager, wanted=["company-name"])
    first = worker()
    wait_until(lambda: CleaningRun.objects.get(pk=run.pk).looked >= 1000)
    first.kill()
    first.wait()
    done = CleaningRun.objects.get(pk=run.pk).looked
    assert 1000 <= done < ROWS, "it was killed in the middle"
    assert Proposal.objects.count() == Activity.objects.filter(verb="companies.updated").count() == done
    Job.objects.filter(pk=run.job_id).update(lease_until=clock.now() - timedelta(seconds=1))
    worker()
    wait_until(lambda: CleaningRun.objects.get(pk=run.pk).state == CleaningRun.State.DONE)
    assert CleaningRun.objects.get(pk=run.pk).looked == ROWS
    assert Company.objects.filter(name__startswith="恒立达（上海）科技", version=2).count() == ROWS
    assert Proposal.objects.filter(state=Proposal.State.APPLIED).count() == ROWS
    assert Activity.objects.filter(verb="companies.updated").count() == ROWS
