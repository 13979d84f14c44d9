"""A8.2 over random histories: order amount = received − refunded + outstanding + bad debt, and no cent off anywhere."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.core.errors import Refusal
from deals.payments import planning, services
from deals.payments.balances import balance
from deals.payments.models import Allocation, Instalment, Payment
from deals.payments.plans import equal_parts

FIRST = date(2026, 1, 31)
cents = st.integers(1, 6000).map(lambda n: Decimal(n) / 100)
steps = st.lists(
    st.tuples(st.sampled_from(["receive", "refund", "write_off", "recover", "plan", "allocate"]), cents, st.integers(0, 9)),
    min_size=4,
    max_size=16,
)


def take(order, step, by):
    """Do one step of a history, and say by how much it moved received, refunded and bad debt; refused steps move nothing."""
    name, amount, pick = step
    receipts, debts = (list(Payment.objects.filter(order=order, kind=kind, reverses=None).order_by("pk")) for kind in ("receipt", "bad_debt"))
    match name:
        case "receive":
            services.receive(order, {"amount": amount, "received_on": FIRST}, by=by)
            return (amount, 0, 0)
        case "refund" if receipts:
            services.refund(receipts[pick % len(receipts)], amount, reason="随机", by=by)
            return (0, amount, 0)
        case "write_off":
            services.write_off(order, amount, reason="随机", by=by)
            return (0, 0, amount)
        case "recover" if debts:
            services.recover(debts[pick % len(debts)], amount, reason="随机", by=by)
            return (0, 0, -amount)
        case "plan":
            settled = Allocation.objects.filter(instalment__order=order).aggregate(sum=Sum("amount"))["sum"] or 0
            if order.amount > settled:
                planning.plan(order, equal_parts(order.amount - settled, pick + 1, first=FIRST + timedelta(pick)), by=by)
        case "allocate" if receipts:
            rows = list(Instalment.objects.filter(order=order).with_open())
            if rows:
                services.allocate(receipts[pick % len(receipts)], [(rows[pick % len(rows)], amount)], by=by)
    return (0, 0, 0)


def check(order, received, refunded, bad_debt):
    """The account is what the history says, and the instalments agree with it."""
    account = balance(order)
    assert (account.received, account.refunded, account.bad_debt) == (received, refunded, bad_debt)
    assert order.amount == account.received - account.refunded + account.outstanding + account.bad_debt
    assert account.outstanding >= 0
    assert bad_debt >= 0
    rows = list(Instalment.objects.filter(order=order).with_open())
    assert all(0 <= row.settled <= row.amount for row in rows)
    if rows:
        assert sum(row.amount for row in rows) == order.amount
        settled = sum(row.settled for row in rows)
        moved = Payment.objects.filter(order=order).aggregate(sum=Sum("amount"))["sum"] or 0
        assert settled <= moved
        assert sum(row.open for row in rows) == account.outstanding + (moved - settled)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=steps, parts=st.integers(0, 5))
def test_no_history_loses_or_makes_a_cent(history, parts, make_order, people, at):
    at("2026-11-20 10:00")
    with transaction.atomic():
        order = make_order("100.00", placed=True)
        sums = [Decimal(0)] * 3
        for step in [("plan", None, parts - 1)] * bool(parts) + history:
            try:
                with transaction.atomic():
                    moved = take(order, step, people.admin)
            except Refusal:
                moved = (0, 0, 0)
            sums = [before + more for before, more in zip(sums, moved, strict=True)]
            check(order, *sums)
        transaction.set_rollback(True)
