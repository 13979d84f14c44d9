"""A worker is killed for real in the middle of a cleaning: every value is written exactly once afterwards."""

from datetime import timedelta

from django.db import transaction

from crm.activity.models import Activity
from crm.core import clock
from crm.jobs.models import Job
from crm.testing.workers import wait_until
from customers.companies import services as companies
from customers.companies.models import Company
from customers.quality import services
from customers.quality.models import CleaningRun, Proposal

ROWS = 2500


def test_a_worker_killed_in_the_middle_leaves_each_value_written_once(committed, people, worker):
    companies.create_many([{"name": f"恒立达(上海)科技{number}有限公司"} for number in range(ROWS)], by=people.rep_a)
    run = services.start(by=people.manager, wanted=["company-name"])
    with transaction.atomic():
        Company.objects.select_for_update().order_by("pk").last()  # nobody gets past it: the run cannot come to its end
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
