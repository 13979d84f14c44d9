"""The first page: a rep's own day, a manager's team, and nothing of others."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from crm.activity.dispatch import dispatch_all
from crm.core import clock
from deals.payments import planning
from interactions.followups import services as followups
from interactions.log import services as log


@pytest.fixture
def day(people, at, make_company, make_deal):
    """A stagnant deal of rep_a, a follow-up due this morning, and one contact today."""
    at("2026-11-01 09:00")
    company = make_company("恒立达精密机械", by=people.rep_a)
    make_deal(company, by=people.rep_a, name="MES 二期", amount=Decimal(620000), expected_close=date(2026, 11, 25))
    at("2026-11-18 08:00")
    followups.plan({"company": company, "title": "确认备件范围", "due_at": clock.now() + timedelta(hours=1)}, by=people.rep_a)
    log.log({"company": company, "channel": "phone", "subject": "报价答疑"}, by=people.rep_a, done=[])
    dispatch_all()
    at("2026-11-18 10:00")
    return company


def test_a_rep_finds_the_own_day(day, people, signed_in):
    answer = signed_in(people.rep_a).get("/")
    text = answer.content.decode()
    assert "确认备件范围" in text
    assert answer.context["followups"].count == 1
    assert [row.name for row in answer.context["closing"].rows] == ["MES 二期"]
    assert answer.context["stagnant"].count == 1
    assert answer.context["month"][0][1] == 1
    assert "standing" not in answer.context


def test_done_with_one_button_and_back_home(day, people, signed_in):
    client = signed_in(people.rep_a)
    row = client.get("/").context["followups"].rows[0]
    answer = client.post(f"/followups/{row.pk}/completion/", {"next": "/"})
    assert (answer.status_code, answer.url) == (302, "/") or (answer.status_code, answer.url) == (303, "/")
    assert client.get("/").context["followups"].count == 0


def test_a_manager_finds_the_team(day, people, signed_in):
    context = signed_in(people.lead_east).get("/").context
    assert [count for _label, count, _amount, _url in context["standing"]] == [0, 1, 0, 0]
    assert context["stagnant"].count == 1
    assert [(str(who), count) for who, count, _url in context["talked"].rows] == [("林小雨", 1)]
    assert context["sentence"] == signed_in(people.lead_east).get("/reports/funnel/").context["sentence"]


def test_overdue_payments_stand_on_the_managers_page(people, at, make_order, signed_in):
    at("2026-10-01 09:00")
    order = make_order("300.00", by=people.rep_a, placed=True)
    planning.plan(order, [(date(2026, 10, 10), Decimal(100)), (date(2026, 12, 10), Decimal(200))], by=people.admin)
    dispatch_all()
    at("2026-11-18 09:00")
    overdue = signed_in(people.manager).get("/").context["overdue"]
    assert (overdue.count, overdue.amount) == (1, 100)
    assert signed_in(people.lead_south).get("/").context["overdue"].count == 0


@pytest.mark.parametrize("who", ["rep_b", "rep_c", "lead_south"])
def test_nobody_else_sees_it(day, people, signed_in, who):
    text = signed_in(getattr(people, who)).get("/").content.decode()
    assert "MES 二期" not in text
    assert "恒立达" not in text


@pytest.mark.parametrize("who", ["rep_a", "lead_east", "manager", "admin", "finance", "service", "marketing", "partner", "outsourced", "telesales"])
def test_everybody_has_a_first_page(day, people, signed_in, who, django_assert_max_num_queries):
    client = signed_in(getattr(people, who))
    client.get("/")
    with django_assert_max_num_queries(20):
        assert client.get("/").status_code == 200


@pytest.mark.parametrize("who", ["rep_a", "lead_east"])
def test_every_count_opens_its_list(day, people, signed_in, who):
    client = signed_in(getattr(people, who))
    context = client.get("/").context
    cards = [context.get(name) for name in ("followups", "closing", "stagnant", "overdue", "talked")]
    for card in filter(None, cards):
        assert client.get(card.url).context["result"].count == card.count, card.url
    for _label, count, _amount, url in context.get("month", []):
        assert client.get(url).context["result"].count == count, url
    for _label, count, _amount, url in context.get("standing", []):
        assert client.get(url).context["result"].count == count, url
