"""A company changes hands: what was promised to it is kept by the new owner."""

from datetime import timedelta

import pytest

from crm.activity.models import Activity
from crm.activity.timeline import timeline
from crm.activity.undo import undo
from customers.companies import services as companies
from interactions.followups import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def promised(people, company, contact, plan):
    """Of rep_a: one with the company, one with its person, one done already; of rep_b: one of his own."""
    own, person, done, other = plan("报价"), plan("回电", contact=contact), plan("寄样"), plan("开票", by=people.manager)
    services.complete(done, by=people.rep_a)
    return own, person, done, other


def owners(followups):
    for followup in followups:
        followup.refresh_from_db()
    return [followup.owner.username for followup in followups]


def test_open_follow_ups_of_the_former_owner_go_along_and_no_others(people, company, promised):
    companies.assign([company], to=people.rep_c, by=people.lead_east, reason="换区")
    assert owners(promised) == ["rep_c", "rep_c", "rep_a", "manager"]
    assert {followup.team for followup in promised[:2]} == {people.east_2}
    event = Activity.objects.get(verb="companies.assigned")
    assert event.data["duties"] == 2
    (told,) = (entry for entry in timeline(company, people.manager) if entry.verb == "companies.assigned")
    assert "换区" in told.body
    assert "2" in told.body


def test_of_many_companies_each_takes_its_own_follow_ups_along(people, company, plan, now):
    second = companies.create({"name": "宁波海澜仓储物流有限公司"}, by=people.rep_b)
    plans = [plan("一"), services.plan({"title": "二", "company": second, "due_at": now + timedelta(days=1)}, by=people.rep_b)]
    plans.append(services.plan({"title": "三", "company": second, "due_at": now + timedelta(days=1)}, by=people.manager))
    companies.assign([company, second], to=people.rep_c, by=people.lead_east)
    assert owners(plans) == ["rep_c", "rep_c", "manager"]
    assert set(Activity.objects.filter(verb="companies.assigned").values_list("object_id", "data__duties")) == {(company.pk, 1), (second.pk, 1)}


def test_who_gets_what_is_his_already_gets_no_duties_of_others(people, company, promised):
    companies.assign([company], to=people.rep_a, by=people.lead_east)
    assert owners(promised) == ["rep_a", "rep_a", "rep_a", "manager"]


def test_a_hand_over_taken_back_gives_the_follow_ups_back(people, company, promised):
    companies.assign([company], to=people.rep_c, by=people.lead_east)
    within = Activity.objects.get(verb="companies.assigned").data["within"]
    undo(within, by=people.lead_east)
    assert owners(promised) == ["rep_a", "rep_a", "rep_a", "manager"]
