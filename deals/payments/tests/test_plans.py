"""Cutting an amount into instalments: to the cent, on days that exist."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.core.errors import Invalid
from deals.payments.allocation import spread
from deals.payments.plans import equal_parts, months_after, shares


def test_a_hundred_in_three_is_33_33_33_33_and_33_34():
    assert equal_parts(Decimal("100.00"), 3, first=date(2026, 1, 31)) == [
        (date(2026, 1, 31), Decimal("33.33")),
        (date(2026, 2, 28), Decimal("33.33")),
        (date(2026, 3, 31), Decimal("33.34")),
    ]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 20), 1, date(2026, 12, 20)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_months_last(day, months, later):
    assert months_after(day, months) == later


def test_shares_leave_the_odd_cent_to_the_last():
    day = date(2026, 1, 1)
    assert [amount for _day, amount in shares(Decimal("0.05"), [(day, 30), (day, 30), (day, 40)])] == [
        Decimal("0.02"), Decimal("0.02"), Decimal("0.01"),
    ]  # fmt: skip


def test_shares_that_are_no_hundred_percent_and_plans_of_no_part_are_refused():
    with pytest.raises(Invalid) as refused:
        shares(Decimal(100), [(date(2026, 1, 1), "33.33"), (date(2026, 2, 1), "66.66")])
    assert refused.value.code == "not_hundred"
    for parts in (0, 121):
        with pytest.raises(Invalid):
            equal_parts(Decimal(100), parts, first=date(2026, 1, 1))


calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def cents(least, most):
    return st.integers(least, most).map(lambda number: Decimal(number) / 100)


@calmly
@given(cents(1, 9_999_999_999), st.integers(1, 120), st.integers(1, 24))
def test_equal_parts_add_up_and_differ_by_a_cent_at_most(total, parts, months):
    amounts = [amount for _day, amount in equal_parts(total, parts, first=date(2026, 1, 31), months=months)]
    assert sum(amounts) == total
    assert max(amounts) - min(amounts) <= Decimal("0.01")


@calmly
@given(cents(1, 99_900), st.lists(cents(0, 40_000), max_size=8))
def test_spreading_fills_in_order_and_never_beyond_an_opening_or_the_amount(amount, openings):
    parts = dict(spread(amount, list(enumerate(openings))))
    assert sum(parts.values()) == min(amount, sum(openings))
    assert all(0 < part <= openings[place] for place, part in parts.items())
    # Whatever is filled in part is the last one that is filled.
    partly = [place for place, part in parts.items() if part < openings[place]]
    assert partly in ([], [max(parts)] if parts else [])
