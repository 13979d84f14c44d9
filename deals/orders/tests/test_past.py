"""Thousands of orders of long ago: the same rules, their own dates, a few statements."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.activity.models import Activity, StateChange
from crm.core import clock
from crm.core.errors import Invalid, WrongState
from customers.companies.models import Company, Step
from deals.opportunities.models import Opportunity, StageChange
from deals.orders import events, past
from deals.orders.models import Order

MARCH = datetime(2017, 3, 1, tzinfo=UTC)


@pytest.fixture
def rows(make_deal, make_product):
    """Three won opportunities of one company, opened in autumn 2016 and ordered from March 2017 on."""
    product = make_product(list_price="1000.00")
    with clock.at(datetime(2016, 10, 20, tzinfo=UTC)):
        first = make_deal()
        opportunities = [first, *(make_deal(first.company) for _ in range(2))]
    return [
        {
            "company": first.company, "opportunity": opportunity, "product": product, "amount": Decimal("1000.00"),
            "placed_at": MARCH + timedelta(days=days),
        }
        for opportunity, days in zip(opportunities, (5, 0, 400), strict=True)
    ]  # fmt: skip


def test_old_orders_win_their_opportunities_on_the_day_they_were_placed(people, rows):
    orders = past.place_many(rows, by=people.manager)
    assert [order.number for order in orders] == ["DD-2017-0001", "DD-2017-0002", "DD-2018-0001"]
    for order in Order.objects.all():
        assert (order.state, order.amount) == ("placed", Decimal("1000.00"))
        assert order.opportunity.state == "won"
        assert order.opportunity.closed_at == order.placed_at
        assert StageChange.objects.filter(opportunity=order.opportunity).latest("id").at == order.placed_at
        assert StateChange.objects.get(kind__model="order", object_id=order.pk).at == order.placed_at
    company = Company.objects.get()
    assert (company.step, company.signed_at) == (Step.SIGNED, MARCH)
    assert company.potential_at <= company.opportunity_at <= company.signed_at
    assert Activity.objects.filter(verb=events.PLACED).count() == 3


def test_taking_the_same_opportunity_twice_wins_it_once(people, rows):
    past.place_many(rows[:1], by=people.manager)
    past.place_many(rows[:1], by=people.manager)
    assert Order.objects.count() == 2
    assert StageChange.objects.filter(opportunity=rows[0]["opportunity"], to_stage__kind="won").count() == 1


def test_a_special_price_of_long_ago_needs_somebody_who_may_agree_to_it(people, rows):
    cheap = [rows[0] | {"amount": Decimal("849.99")}]
    assert past.refusal_of(cheap[0], people.rep_a).code == "special_price_pending"
    with pytest.raises(WrongState):
        past.place_many(cheap, by=people.rep_a)
    (order,) = past.place_many(cheap, by=people.manager)
    assert order.is_special_price
    assert order.special_price_agreed_by == people.manager


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": "-1"}, "lines.0.unit_price"),
        ({"company": None}, "company"),
        ({"product": None}, "lines.0.product"),
        ({"placed_at": None}, "placed_at"),
        ({"placed_at": datetime(2999, 1, 1, tzinfo=UTC)}, "placed_at"),
        ({"quantity": 3}, "quantity"),
    ],
)
def test_one_wrong_row_is_named_and_nothing_is_taken(people, rows, change, field):
    rows[1] |= change
    assert field in past.refusal_of(rows[1], people.manager).errors
    with pytest.raises(Invalid) as refused:
        past.place_many(rows, by=people.manager)
    assert refused.value.facts["row"] == 1
    assert not Order.objects.exists()
    assert not Opportunity.objects.won().exists()


def test_a_quantity_shares_the_amount(people, rows):
    (order,) = past.place_many([rows[0] | {"quantity": 4, "amount": "4000"}], by=people.manager)
    assert (order.amount, order.lines.get().unit_price) == (4000, 1000)


@pytest.mark.usefixtures("nothing_ages")
def test_three_hundred_orders_cost_hardly_more_statements_than_three(people, rows, django_assert_max_num_queries):
    with CaptureQueriesContext(connection) as few:
        past.place_many(rows, by=people.manager)
    more = [rows[0] | {"opportunity": None, "placed_at": MARCH + timedelta(hours=hour)} for hour in range(300)]
    with django_assert_max_num_queries(len(few) + 5):
        past.place_many(more, by=people.manager)
