"""The nightly look at the sums of money: a hand in the database is found, and told once to those who can act."""

from datetime import date

import pytest
from django.db import connection

from crm.activity import dispatch
from crm.activity.models import Activity
from crm.notifications.models import Notice
from deals.payments import identities, planning, services
from deals.payments.plans import equal_parts
from deals.payments.tasks import check_money

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)


@pytest.fixture
def order(make_order, people, at):
    """A placed order of 100.00, planned in halves; 60.00 came in, 10.00 went back, 5.00 was written off."""
    at("2026-11-20 10:00")
    order = make_order("100.00", placed=True)
    planning.plan(order, equal_parts(order.amount, 2, first=date(2026, 9, 1)), by=people.rep_a)
    payment = services.receive(order, {"amount": "60.00", "received_on": DAY}, by=people.finance)
    services.refund(payment, "10.00", reason="多付", by=people.finance)
    services.write_off(order, "5.00", reason="尾款", by=people.finance)
    return order


def by_hand(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount


BREAKS = {
    "lines": "UPDATE deals_orderline SET amount = amount + 0.01 WHERE order_id = %s",
    "outstanding": "UPDATE deals_payment SET amount = 110.01 WHERE order_id = %s AND kind = 'receipt'",
    "reversals": "UPDATE deals_payment SET amount = -60.01 WHERE order_id = %s AND kind = 'refund'",
    "instalments": "UPDATE deals_instalment SET amount = 1 WHERE order_id = %s",
    "allocations": "UPDATE deals_payment SET amount = 40 WHERE order_id = %s AND kind = 'receipt'",
}


def test_what_the_verbs_left_adds_up(order):
    assert identities.broken() == {}


def test_every_sum_has_a_way_to_break_it():
    assert set(BREAKS) == set(identities.IDENTITIES)


@pytest.mark.parametrize("code", BREAKS)
def test_a_sum_broken_by_hand_is_found(order, code):
    by_hand(BREAKS[code], order.pk)
    assert identities.broken()[code] == [order.pk]


def test_it_is_told_once_to_finance_and_administrators(order, people):
    by_hand(BREAKS["lines"], order.pk)
    check_money.apply()
    check_money.apply()
    assert Activity.objects.filter(verb="payments.identity_broken", object_id=order.pk).count() == 1
    dispatch.dispatch_all()
    told = Notice.objects.filter(code="payments.identity_broken")
    assert {notice.user for notice in told} == {people.finance, people.admin}
