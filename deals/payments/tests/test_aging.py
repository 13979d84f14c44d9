"""Overdue by the calendar day of the company, sorted by age, and the figures of a company in one query."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from deals.orders import services as orders
from deals.payments import planning, services
from deals.payments.aging import aging
from deals.payments.facts import Facts, facts_for
from deals.payments.models import Instalment

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def november(at):
    at("2026-11-20 00:30")


def plan_days_late(order, by, *days):
    """One equal part for each number of days by which it is late today."""
    part = order.amount / len(days)
    return planning.plan(order, [(TODAY - timedelta(late), part) for late in sorted(days, reverse=True)], by=by)


def test_what_is_due_today_is_not_late_until_midnight_in_shanghai(people, make_order, at):
    plan_days_late(make_order(placed=True), people.rep_a, 0)
    assert not Instalment.objects.overdue(TODAY).exists()
    at("2026-11-20 23:59")
    assert aging(Instalment.objects)[0].amount == 0
    at("2026-11-21 00:00")
    assert aging(Instalment.objects)[0].amount == 1000


def test_ages_change_after_30_60_and_90_days(people, make_order, django_assert_num_queries):
    plan_days_late(make_order("900.00", placed=True), people.rep_a, 0, 1, 30, 31, 60, 61, 90, 91, 400)
    with django_assert_num_queries(1):
        found = aging(Instalment.objects)
    assert [(one.first, one.last, one.amount) for one in found] == [(1, 30, 200), (31, 60, 200), (61, 90, 200), (91, None, 200)]


def test_paid_parts_and_cancelled_orders_are_not_overdue(people, make_order):
    order, cancelled = make_order("100.00", placed=True), make_order("70.00", placed=True)
    plan_days_late(order, people.rep_a, 10, 40)
    plan_days_late(cancelled, people.rep_a, 10)
    orders.cancel(cancelled, reason="撤单", by=people.rep_a)
    services.receive(order, {"amount": "60.00", "received_on": TODAY}, by=people.finance)
    assert [one.amount for one in aging(Instalment.objects)] == [40, 0, 0, 0]


def test_the_figures_of_companies_come_in_one_query(people, make_company, make_contract, make_order, django_assert_num_queries):
    company, other, empty = make_company(), make_company(), make_company()
    contract = make_contract(company, signed=True, amount="500.00")
    make_contract(company, amount="9999.00")  # a draft is not signed
    order = make_order("300.00", contract=contract, placed=True)  # signed already, with its contract
    make_order("200.00", company=company, placed=True)
    make_order("50.00", company=other, placed=True)
    plan_days_late(order, people.rep_a, -5, 5)
    payment = services.receive(order, {"amount": "120.00", "received_on": TODAY}, by=people.finance)
    services.refund(payment, "20.00", reason="多收", by=people.finance)
    services.write_off(order, "10.00", reason="零头", by=people.finance)
    with django_assert_num_queries(1):
        found = facts_for([company.pk, other.pk, empty.pk])
    # Of the 150 that were due, 100 came in and 10 were given up.
    assert found == {
        company.pk: Facts(Decimal(700), Decimal(100), Decimal(40)),
        other.pk: Facts(Decimal(50)),
        empty.pk: Facts(),
    }
