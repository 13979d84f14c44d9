"""Numbers that people read: in order, each year anew, and never the same one twice."""

from datetime import date

import pytest
from django.db import transaction

from crm.activity import numbers


@pytest.mark.django_db
def test_numbers_run_on_and_start_anew_each_year():
    assert [numbers.take("HT", on=date(2026, 5, 1)) for _ in range(2)] == ["HT-2026-0001", "HT-2026-0002"]
    assert numbers.take("HT", on=date(2027, 1, 1)) == "HT-2027-0001"
    assert numbers.take("DD", on=date(2026, 5, 1)) == "DD-2026-0001"


@pytest.mark.django_db
def test_the_year_is_the_one_of_the_companys_calendar(at):
    at("2026-12-31 23:59")
    assert numbers.take("HT") == "HT-2026-0001"
    at("2027-01-01 00:01")
    assert numbers.take("HT") == "HT-2027-0001"


@pytest.mark.django_db
def test_many_numbers_follow_the_order_of_their_days():
    days = [date(2025, 3, 1), date(2026, 1, 1), date(2025, 4, 1)]
    assert numbers.take_many("DD", days) == ["DD-2025-0001", "DD-2026-0001", "DD-2025-0002"]
    assert numbers.take_many("DD", []) == []


@pytest.mark.django_db
def test_the_ten_thousandth_number_grows_a_digit():
    numbers.take_many("FB", [date(2026, 1, 1)] * 9999)
    assert numbers.take("FB", on=date(2026, 1, 1)) == "FB-2026-10000"


def test_twenty_at_once_get_twenty_different_numbers(run_together):
    def take(_number):
        with transaction.atomic():
            return [numbers.take("HT", on=date(2026, 1, 1)) for _ in range(5)]

    taken = [number for mine in run_together(take, 20) for number in mine]
    assert sorted(taken) == [f"HT-2026-{n:04d}" for n in range(1, 101)]


def test_a_failed_record_gives_its_number_back_or_leaves_a_gap_but_never_doubles(run_together):
    def take(number):
        try:
            with transaction.atomic():
                mine = numbers.take("HT", on=date(2026, 1, 1))
                if number % 2:
                    raise LookupError(mine)
                return mine
        except LookupError:
            return None

    kept = [number for number in run_together(take, 20) if number]
    assert len(kept) == len(set(kept)) == 10
