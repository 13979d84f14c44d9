"""The rows behind the worst number, added up: nothing is lost, and every number opens exactly its list."""

from decimal import Decimal

import pytest

from crm.accounts.models import User
from crm.activity.dispatch import dispatch_all
from deals.opportunities import services as opportunities
from deals.opportunities.models import Stage
from reports.funnel import regroup

PAGE = "/reports/funnel/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def stuck(people, at, make_company, make_deal):
    """Four opportunities that have stood in the first stage for a month: two of rep_a, one each of rep_b and rep_c."""
    User.objects.update(language="en")
    at("2026-10-01 10:00")
    told = [
        ("r1", people.rep_a, "machinery", "320500", "exhibition"), ("r2", people.rep_a, "machinery", "320100", "exhibition"),
        ("r3", people.rep_b, "food", "330100", "phone"), ("r4", people.rep_c, "", "", ""),
    ]  # fmt: skip
    for number, (name, who, industry, region, source) in enumerate(told, 1):
        company = make_company(f"{name} 有限公司", by=who, industry=industry, region=region)
        deal = make_deal(company, by=who, amount=Decimal(10_000 * number))
        opportunities.update(deal, {"source": source}, by=who)
    # A fifth one has gone on after forty days: the stage is known to be the slow one.
    gone_on = make_deal(make_company("r5 有限公司", by=people.rep_a), by=people.rep_a)
    at("2026-11-10 10:00")
    opportunities.move(gone_on, Stage.objects.get(code="demo"), by=people.admin, override_reason="试验的起点")
    at("2026-11-18 15:00")
    dispatch_all()


def asked(client, way):
    return client.get(PAGE, {"mode": "stock", "by": way}).context["behind"]


def lists(client, url):
    return client.get(url).context["result"].count


@pytest.mark.parametrize("way", [way for way in regroup.WAYS if way != regroup.ROWS])
@pytest.mark.parametrize("who", ["manager", "lead_east", "rep_a"])
def test_the_groups_add_up_and_each_opens_exactly_its_list(stuck, people, signed_in, way, who):
    client = signed_in(getattr(people, who))
    behind = asked(client, way)
    assert sum(group.count for group in behind["groups"]) == behind["count"] == lists(client, behind["url"]) > 0
    assert sum(group.share for group in behind["groups"]) == pytest.approx(1)
    for group in behind["groups"]:
        assert not group.url or lists(client, group.url) == group.count, group


def test_people_stand_by_name_the_largest_share_first(stuck, people, signed_in):
    found = asked(signed_in(people.manager), "owner")["groups"]
    assert [(group.label, group.count, group.amount) for group in found] == [("林小雨", 2, "CNY 30K"), ("周明", 1, "CNY 30K"), ("何佳", 1, "CNY 40K")]


def test_what_is_not_known_is_a_group_of_its_own_without_a_list(stuck, people, signed_in):
    found = {group.label: (group.count, bool(group.url)) for group in asked(signed_in(people.manager), "region")["groups"]}
    assert found == {"江苏": (2, True), "浙江": (1, True), "Not known": (1, False)}


def test_customers_who_have_not_gone_on_are_added_up_too(twelve, people, signed_in):
    User.objects.update(language="en")
    client = signed_in(people.admin)
    behind = client.get(PAGE, {"mode": "cohort", "period": "2026-Q3", "by": "owner"}).context["behind"]
    assert behind["groups"]
    assert sum(group.count for group in behind["groups"]) == behind["count"]
    for group in behind["groups"]:
        assert lists(client, group.url) == group.count, group


def test_who_reads_no_amounts_gets_no_sums(stuck, people, signed_in):
    role = people.manager.role
    role.fields = {"opportunities.amount": "mask"}
    role.save()
    assert {group.amount for group in asked(signed_in(people.manager), "owner")["groups"]} == {""}


def test_a_way_that_does_not_exist_shows_the_rows(stuck, people, signed_in):
    assert "groups" not in asked(signed_in(people.manager), "shoe_size")
