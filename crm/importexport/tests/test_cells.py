"""From a cell to a value."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from crm.core.errors import Invalid
from crm.importexport import cells
from crm.importexport.cells import Style


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2017-03-01", date(2017, 3, 1)),
        ("2017/3/1", date(2017, 3, 1)),
        ("2017.03.01", date(2017, 3, 1)),
        ("2017年3月1日", date(2017, 3, 1)),
        ("20170301", date(2017, 3, 1)),
        ("３/１/2017", date(2017, 3, 1)),
        ("31/3/2017", date(2017, 3, 31)),
        ("2017-03-01T23:30:00+08:00", date(2017, 3, 1)),
        (42795, date(2017, 3, 1)),
        (42795.75, date(2017, 3, 1)),
        ("42795", date(2017, 3, 1)),
        (datetime(2017, 3, 1, 9), date(2017, 3, 1)),
        ("", None),
        (None, None),
    ],
)
def test_a_day_is_read_in_the_usual_forms(cell, day):
    assert cells.day(cell) == day


def test_the_order_of_day_and_month_can_be_told():
    assert cells.day("4/5/2026", Style(dates="dmy")) == date(2026, 5, 4)
    assert cells.day("4/5/2026", Style(dates="mdy")) == date(2026, 4, 5)


@pytest.mark.parametrize(
    ("cell", "hour", "minute"),
    [("2/26/2018 19:58", 19, 58), ("2018-02-26 7:58 pm", 19, 58), ("2018年2月26日 下午7:58", 19, 58), ("2018-02-26 12:05 AM", 0, 5)],
)
def test_a_moment_is_the_time_of_the_company(cell, hour, minute):
    # Shanghai is eight hours ahead of UTC.
    assert cells.moment(cell) == datetime(2018, 2, 26, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize("cell", ["31/31/2017", "someday", "2017-02-30", 5, 500000, "2017-03-01 25:00"])
def test_what_is_no_date_is_refused(cell):
    with pytest.raises(Invalid) as refusal:
        cells.moment(cell)
    assert refusal.value.code == "not_a_date"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,234.50", "1234.50"), ("¥ 1234", "1234"), ("１２３", "123"), ("3.5万", "35000"), ("2亿", "200000000"),
        ("(12)", "-12"), ("12元", "12"), (12.1, "12.1"), ("CNY 5", "5"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(cell, number):
    assert cells.number(cell) == Decimal(number)


def test_a_number_may_be_counted_in_millions():
    assert cells.money("1100.04", Style(times=Decimal(1_000_000))) == Decimal("1100040000.00")


@pytest.mark.parametrize("cell", ["abc", "1.2.3", "NaN", "1e999999999x"])
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(Invalid) as refusal:
        cells.number(cell)
    assert refusal.value.code == "not_a_number"


def test_a_whole_number_has_no_fraction():
    assert cells.whole("2,822") == 2822
    assert cells.whole(12.0) == 12
    with pytest.raises(Invalid):
        cells.whole("12.5")


def test_a_text_is_what_a_person_reads():
    assert cells.text(13800138000.0) == "13800138000"
    assert cells.text(date(2017, 3, 1)) == "2017-03-01"
    assert cells.text("  Acme ") == "Acme"


def test_a_choice_is_known_by_its_code_and_its_words_in_both_languages():
    read = cells.one_of([("phone", "Phone"), ("visit", "Visit")])
    assert [read("PHONE"), read("Visit"), read(""), read("carrier pigeon")] == ["phone", "visit", "", "carrier pigeon"]


def test_yes_and_no_have_many_writings():
    assert [cells.yes(cell) for cell in ("是", "Y", 1, "true", True, "否", "", 0)] == [True] * 5 + [False] * 3
    with pytest.raises(Invalid):
        cells.yes("maybe")
