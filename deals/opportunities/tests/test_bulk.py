"""Many opportunities in one go."""

from datetime import UTC, datetime

import pytest

from crm.activity.models import Activity, OwnershipChange
from crm.activity.models import StateChange as State
from crm.core.errors import NotAllowed
from deals.opportunities.bulk import create_many
from deals.opportunities.models import Opportunity, StageChange

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2024, 3, 1, tzinfo=UTC)


def test_they_come_in_with_owner_date_history_and_the_step_of_their_company(people, make_company):
    company = make_company()
    rows = [{"name": "一期", "company": company, "amount": None}, {"name": "二期", "company": company, "amount": None}]
    made = create_many(rows, by=people.admin, owner_of=lambda row: people.rep_b, opened=lambda row: LONG_AGO if row["name"] == "二期" else None)
    assert {(one.owner, one.stage.code, one.state) for one in made} == {(people.rep_b, "need", "open")}
    second = Opportunity.objects.get(name="二期")
    assert (second.opened_at, second.stage_since) == (LONG_AGO, LONG_AGO)
    assert set(StageChange.objects.values_list("to_stage__code", "is_override")) == {("need", False)}
    assert StageChange.objects.get(opportunity=second).at == State.objects.get(object_id=second.pk).at == LONG_AGO
    assert OwnershipChange.objects.filter(to_owner=people.rep_b).count() == 2
    assert Activity.objects.filter(verb="opportunities.created").count() == 2
    company.refresh_from_db()
    assert (company.step, company.opportunity_at) == (2, LONG_AGO)


def test_a_later_stage_without_what_it_asks_for_takes_the_right_and_is_marked(people, make_company, stage):
    rows = [{"name": "一期", "company": make_company()}]
    with pytest.raises(NotAllowed):
        create_many(rows, by=people.manager, stage_of=lambda row: stage("demo"))
    assert not Opportunity.objects.exists()
    create_many(rows, by=people.admin, stage_of=lambda row: stage("demo"))
    assert list(StageChange.objects.values_list("to_stage__code", "is_override")) == [("demo", True)]


def test_the_cost_does_not_grow_with_the_number(people, make_company, django_assert_max_num_queries):
    company = make_company()
    rows = [{"name": f"第 {number} 期", "company": company} for number in range(200)]
    with django_assert_max_num_queries(40):
        create_many(rows, by=people.admin)
