"""Payment plans: they make up the order to the cent, and what is paid stays when the rest is planned anew."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from crm.activity.models import Activity
from crm.core.errors import Invalid, NotAllowed, WrongState
from deals.payments import events, planning, services
from deals.payments.balances import balance
from deals.payments.models import Allocation, Instalment
from deals.payments.plans import equal_parts

FIRST = date(2026, 9, 1)


@pytest.fixture
def order(make_order, at):
    """A placed order of 100.00."""
    at("2026-11-20 10:00")
    return make_order("100.00", placed=True)


def planned(order):
    return [(row.position, row.due_on, row.amount) for row in Instalment.objects.filter(order=order).due_first()]


def receive(order, amount, by):
    return services.receive(order, {"amount": amount, "received_on": date(2026, 11, 20)}, by=by)


def test_a_plan_makes_up_the_order(people, order):
    rows = planning.plan(order, equal_parts(order.amount, 3, first=FIRST), by=people.rep_a)
    assert planned(order) == [
        (1, date(2026, 9, 1), Decimal("33.33")),
        (2, date(2026, 10, 1), Decimal("33.33")),
        (3, date(2026, 11, 1), Decimal("33.34")),
    ]
    assert {(row.owner, row.company) for row in rows} == {(people.rep_a, order.company)}


@pytest.mark.parametrize("amounts", [["99.99"], ["100.01"], ["50", "50", "0.01"], []])
def test_a_plan_that_does_not_make_up_the_order_is_refused_with_both_figures(people, order, amounts):
    with pytest.raises(Invalid) as refused:
        planning.plan(order, [(FIRST, amount) for amount in amounts], by=people.rep_a)
    assert (refused.value.code, refused.value.facts["wanted"]) == ("plan_sum", "100.00")
    assert planned(order) == []


def test_no_part_of_a_plan_is_nothing_or_without_a_day(people, order):
    with pytest.raises(Invalid) as refused:
        planning.plan(order, [(None, "100"), (FIRST, "0")], by=people.rep_a)
    assert set(refused.value.errors) == {"parts.0.due_on", "parts.1.amount"}


def test_the_unpaid_rest_is_planned_anew_and_what_is_paid_stays(people, order):
    planning.plan(order, equal_parts(order.amount, 3, first=FIRST), by=people.rep_a)
    receive(order, "50.00", people.finance)
    with pytest.raises(Invalid):
        planning.plan(order, [(date(2026, 12, 1), "100.00")], by=people.rep_a)
    planning.plan(order, [(date(2027, 1, 1), "30"), (date(2026, 12, 1), "20")], by=people.rep_a)
    assert planned(order) == [
        (1, date(2026, 9, 1), Decimal("33.33")),
        (2, date(2026, 10, 1), Decimal("16.67")),
        (3, date(2026, 12, 1), Decimal("20.00")),
        (4, date(2027, 1, 1), Decimal("30.00")),
    ]


def test_the_same_plan_again_changes_nothing(people, order):
    for _ in range(2):
        planning.plan(order, [(FIRST, "40"), (FIRST + timedelta(1), "60")], by=people.rep_a)
    assert Activity.objects.filter(verb=events.PLANNED).count() == 1


def test_money_that_came_before_the_plan_settles_it(people, order):
    receive(order, "30.00", people.finance)
    services.write_off(order, "5.00", reason="折让", by=people.finance)
    planning.plan(order, [(FIRST, "20"), (FIRST + timedelta(1), "80")], by=people.rep_a)
    assert [row.open for row in order.instalments.with_open().due_first()] == [0, 65]


def test_an_instalment_whose_money_was_given_back_can_be_planned_anew(people, order):
    planning.plan(order, [(FIRST, "100")], by=people.rep_a)
    services.refund(receive(order, "100", people.finance), "100", reason="退货", by=people.finance)
    planning.plan(order, [(date(2027, 1, 1), "100")], by=people.rep_a)
    assert planned(order) == [(1, date(2027, 1, 1), Decimal("100.00"))]
    assert not Allocation.objects.exists()
    assert balance(order).outstanding == 100


def test_only_placed_orders_are_planned_and_only_by_those_who_may(people, order, make_order):
    with pytest.raises(WrongState) as refused:
        planning.plan(make_order(), [(FIRST, "1000")], by=people.rep_a)
    assert refused.value.code == "not_placed"
    with pytest.raises(NotAllowed):
        planning.plan(order, [(FIRST, "100")], by=people.rep_c)
