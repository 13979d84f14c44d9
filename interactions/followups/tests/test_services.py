"""Promising, keeping, moving and dropping next steps."""

from datetime import timedelta

import pytest

from crm.activity.models import Activity
from crm.core.errors import Invalid, NotAllowed, WrongState
from customers.companies import services as companies
from interactions.followups import services

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def shown(company):
    company.refresh_from_db()
    return company.next_step, company.next_step_at


def test_the_company_shows_the_earliest_open_follow_up(plan, people, company, now):
    plan("演示", 3 * DAY)
    first = plan("回电", DAY)
    assert shown(company) == ("回电", now + DAY)
    services.complete(first, by=people.rep_a)
    assert shown(company) == ("演示", now + 3 * DAY)


def test_without_open_follow_ups_the_company_shows_none(plan, people, company):
    services.cancel(plan(), by=people.rep_a, reason="客户搁置")
    assert shown(company) == ("", None)
    assert Activity.objects.get(verb="followups.cancelled").data["reason"] == "客户搁置"


def test_it_reminds_a_quarter_of_an_hour_before_unless_said_otherwise(plan, now):
    assert plan().remind_at == now + DAY - timedelta(minutes=15)
    assert plan(due=timedelta(minutes=10)).remind_at == now + timedelta(minutes=10)
    assert plan(remind_at=now + HOUR).remind_at == now + HOUR
    assert plan(remind_at=None).remind_at is None


@pytest.mark.parametrize(
    ("values", "field"),
    [({"title": ""}, "title"), ({"due_at": None}, "due_at"), ({"channel": "fax"}, "channel"), ({"company": None}, "company")],
)
def test_what_cannot_be_taken_is_refused_at_its_field(people, company, now, values, field):
    with pytest.raises(Invalid) as refusal:
        services.plan({"title": "回电", "company": company, "due_at": now + DAY} | values, by=people.rep_a)
    assert list(refusal.value.errors) == [field]


def test_a_time_that_has_passed_is_refused(plan, people, now):
    with pytest.raises(Invalid) as refusal:
        plan(due=-HOUR)
    assert refusal.value.field == "due_at"
    with pytest.raises(Invalid):
        services.reschedule(plan(), now - HOUR, by=people.rep_a)


def test_a_reminder_after_the_time_itself_is_refused(plan, now):
    with pytest.raises(Invalid) as refusal:
        plan(remind_at=now + 2 * DAY)
    assert refusal.value.field == "remind_at"


def test_done_twice_is_done_once(plan, people):
    followup = plan()
    services.complete(followup, by=people.rep_a)
    services.complete(followup, by=people.rep_a)
    assert Activity.objects.filter(verb="followups.completed").count() == 1


def test_what_is_done_can_neither_be_cancelled_nor_moved(plan, people, now):
    followup = plan()
    services.complete(followup, by=people.rep_a)
    for refused in (lambda: services.cancel(followup, by=people.rep_a), lambda: services.reschedule(followup, now + DAY * 2, by=people.rep_a)):
        with pytest.raises(WrongState) as refusal:
            refused()
        assert refusal.value.code == "followup_closed"


def test_a_moved_follow_up_reminds_again(plan, people, company, now, at):
    followup = plan(due=HOUR)
    at("2026-11-20 10:20")
    assert services.remind_due(by=people.system) == 1
    services.reschedule(followup, now + DAY, by=people.rep_a)
    assert shown(company) == ("回电", now + DAY)
    at("2026-11-21 09:20")
    assert services.remind_due(by=people.system) == 1


def test_planning_for_somebody_else_needs_the_right(people, company, now):
    theirs = companies.create({"name": "伙伴的客户"}, by=people.partner)
    with pytest.raises(NotAllowed):
        services.plan({"title": "回电", "company": theirs, "due_at": now + DAY}, by=people.partner, owner=people.rep_a)
    followup = services.plan({"title": "回电", "company": company, "due_at": now + DAY}, by=people.lead_east, owner=people.rep_a)
    assert (followup.owner, followup.team) == (people.rep_a, people.east_1)


def test_nothing_is_planned_for_who_has_left(people, company, now):
    people.rep_b.is_active = False
    with pytest.raises(Invalid) as refusal:
        services.plan({"title": "回电", "company": company, "due_at": now + DAY}, by=people.lead_east, owner=people.rep_b)
    assert refusal.value.code == "inactive"


def test_nobody_completes_what_is_out_of_reach(plan, people):
    with pytest.raises(NotAllowed):
        services.complete(plan(), by=people.rep_c)


def test_every_due_follow_up_is_announced_once_even_after_a_night_without_the_job(plan, people, at):
    plan("一", HOUR)
    plan("二", 2 * HOUR)
    plan("三", 5 * DAY)
    assert services.remind_due(by=people.system) == 0
    at("2026-11-21 08:00")
    assert services.remind_due(by=people.system) == 2
    assert services.remind_due(by=people.system) == 0
    told = Activity.objects.filter(verb="followups.due")
    assert [row.data["title"] for row in told.order_by("id")] == ["一", "二"]
    assert {row.data["owner"] for row in told} == {people.rep_a.pk}


def test_done_and_cancelled_ones_are_not_announced(plan, people, at):
    services.complete(plan("一", HOUR), by=people.rep_a)
    services.cancel(plan("二", HOUR), by=people.rep_a)
    at("2026-11-21 08:00")
    assert services.remind_due(by=people.system) == 0
