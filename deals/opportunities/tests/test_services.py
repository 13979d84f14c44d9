"""Opening, changing and handing over opportunities."""

from datetime import date
from decimal import Decimal

import pytest

from crm.activity.models import Activity, OwnershipChange
from crm.core.errors import Conflict, Invalid, NotAllowed, WrongState
from deals.opportunities import services
from deals.opportunities.models import LostReason, Opportunity, Stage, StageChange
from interactions.log import services as interactions

pytestmark = pytest.mark.django_db


def test_a_new_house_has_the_five_stages_and_what_follows_them():
    assert list(Stage.objects.values_list("code", "name", "kind")) == [
        ("need", "需求确认", "open"), ("demo", "产品演示", "open"), ("quote", "方案报价", "open"), ("test", "客户测试", "open"),
        ("negotiation", "商务谈判", "open"), ("pending_order", "待下单", "pending_order"), ("won", "赢单", "won"),
        ("lost", "输单", "lost"), ("void", "作废", "void"),
    ]  # fmt: skip
    assert LostReason.objects.filter(parent=None).count() == 6
    assert not LostReason.objects.filter(parent=None, children=None).exists()


def test_it_begins_in_the_first_stage_with_its_history_and_takes_the_company_along(people, make_company, at):
    now = at("2026-11-20 09:30")
    company = make_company()
    made = services.create({"name": "MES 二期", "company": company, "amount": "620,000", "expected_close": date(2026, 12, 18)}, by=people.rep_a)
    assert (made.stage.code, made.state, made.stage_since, made.opened_at) == ("need", "open", now, now)
    assert (made.owner, made.team, made.co_owner, made.amount) == (people.rep_a, people.east_1, people.rep_a, Decimal("620000"))
    change = StageChange.objects.get()
    assert (change.opportunity, change.from_stage, change.to_stage.code, change.amount) == (made, None, "need", Decimal("620000"))
    assert OwnershipChange.objects.get(object_id=made.pk).cause == "created"
    company.refresh_from_db()
    assert (company.step, company.opportunity_at) == (2, now)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"company": None}, "company"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "viel"}, "amount"),
        ({"currency": "DM"}, "currency"),
        ({"expected_close": date(2026, 11, 19)}, "expected_close"),
        ({"expected_close": "bald"}, "expected_close"),
        ({"source": "Mars"}, "source"),
        ({"stage": 3}, "stage"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_its_field(people, make_company, at, values, field):
    at("2026-11-20 09:30")
    with pytest.raises(Invalid) as refusal:
        services.create({"name": "MES 二期", "company": make_company()} | values, by=people.rep_a)
    assert list(refusal.value.errors) == [field]
    assert not Opportunity.objects.exists()


def test_nobody_opens_one_with_a_company_out_of_reach(people, make_company):
    with pytest.raises(Invalid) as refusal:
        services.create({"name": "MES 二期", "company": make_company(by=people.lead_south)}, by=people.rep_a)
    assert refusal.value.code == "out_of_reach"


def test_the_same_form_sent_twice_is_one_opportunity(people, make_company):
    values = {"name": "MES 二期", "company": make_company()}
    assert services.create(values, by=people.rep_a, once="k") == services.create(values, by=people.rep_a, once="k")
    assert Opportunity.objects.count() == 1


def test_a_later_expected_close_counts_as_pushed_an_earlier_one_does_not(people, make_opportunity, at):
    at("2026-11-20 09:30")
    opportunity = make_opportunity(expected_close=date(2026, 12, 1))
    for day, pushed in ((date(2026, 12, 15), 1), (date(2026, 12, 10), 1), (date(2026, 12, 31), 2), (None, 2), (date(2027, 3, 1), 2)):
        opportunity = services.update(opportunity, {"expected_close": day}, by=people.rep_a)
        assert opportunity.pushed == pushed
    assert Activity.objects.filter(verb="opportunities.updated").earliest("id").data["close"] == ["2026-12-01", "2026-12-15"]


def test_it_stays_with_its_company(people, make_opportunity, make_company):
    with pytest.raises(Invalid) as refusal:
        services.update(make_opportunity(), {"company": make_company()}, by=people.rep_a)
    assert refusal.value.field == "company"


def test_two_who_save_at_once_do_not_overwrite_each_other(people, make_opportunity):
    opportunity = make_opportunity()
    services.update(opportunity, {"need": "一"}, by=people.rep_a, version=1)
    with pytest.raises(Conflict) as refusal:
        services.update(opportunity, {"need": "二"}, by=people.lead_east, version=1)
    assert refusal.value.code == "stale"


def test_handed_over_with_a_row_in_the_ledger(people, make_opportunity):
    opportunity = make_opportunity()
    services.assign([opportunity], to=people.rep_b, by=people.lead_east, reason="分工")
    opportunity.refresh_from_db()
    assert (opportunity.owner, opportunity.co_owner) == (people.rep_b, people.rep_a)
    last = OwnershipChange.objects.latest("id")
    assert (last.from_owner, last.to_owner, last.reason) == (people.rep_a, people.rep_b, "分工")
    with pytest.raises(NotAllowed):
        services.assign([opportunity], to=people.rep_a, by=people.rep_b)


def test_a_visit_about_it_is_its_last_contact_and_that_of_its_company(people, make_opportunity, at):
    opportunity = make_opportunity()
    moment = at("2026-11-20 09:30")
    said = interactions.log({"channel": "visit", "subject": "拜访", "about": opportunity}, by=people.rep_a)
    opportunity.refresh_from_db()
    opportunity.company.refresh_from_db()
    assert opportunity.last_contact_at == opportunity.company.last_contact_at == moment
    assert said.company == opportunity.company


def test_bin_and_back_but_not_once_won(people, make_opportunity):
    opportunity = make_opportunity()
    services.delete(opportunity, by=people.rep_a)
    assert not Opportunity.objects.visible_to(people.admin).exists()
    services.restore(opportunity, by=people.rep_a)
    services.win(opportunity, by=people.rep_a)
    with pytest.raises(WrongState) as refusal:
        services.delete(opportunity, by=people.rep_a)
    assert refusal.value.code == "won_by_order"
