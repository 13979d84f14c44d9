"""Follow-ups planned and announced at the same moment, with real transactions."""

from datetime import timedelta

from crm.activity.models import Activity
from interactions.followups import services
from interactions.followups.models import FollowUp

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_two_jobs_at_once_announce_each_follow_up_once(committed, plan, people, at, run_together):
    for number in range(20):
        plan(f"第 {number} 个", HOUR)
    at("2026-11-21 08:00")
    assert sum(run_together(lambda _number: services.remind_due(by=people.system), 4)) == 20
    assert Activity.objects.filter(verb="followups.due").count() == 20


def test_many_who_plan_at_once_leave_the_earliest_on_the_company(committed, plan, people, company, now, run_together):
    run_together(lambda number: plan(f"第 {number} 步", timedelta(days=number + 1)), 8)
    assert FollowUp.objects.count() == 8
    company.refresh_from_db()
    assert (company.next_step, company.next_step_at) == ("第 0 步", now + DAY)
