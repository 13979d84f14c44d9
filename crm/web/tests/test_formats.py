"""Row by row the table of DESIGN §7, in both languages."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from crm.core import clock
from crm.web import formats

# Wednesday 18 November 2026, 16:08 in Shanghai
NOW = datetime(2026, 11, 18, 8, 8, tzinfo=UTC)


def both(format_, *args, **options):
    """The Chinese and the English text of one value."""
    with clock.at(NOW):
        with translation.override("zh-hans"):
            chinese = format_(*args, **options)
        with translation.override("en"):
            return chinese, format_(*args, **options)


def test_money_is_exact_to_the_cent():
    assert both(formats.money, Decimal("1286000")) == ("¥1,286,000.00", "CNY 1,286,000.00")


def test_another_currency_is_named_by_its_code():
    assert both(formats.money, Decimal("12000"), "USD") == ("USD 12,000.00", "USD 12,000.00")


def test_a_money_column_leaves_the_currency_to_its_head():
    assert both(formats.money_plain, Decimal("1286000")) == ("1,286,000.00",) * 2


def test_a_minus_is_a_minus_sign_and_not_a_hyphen():
    assert both(formats.money_plain, Decimal("-1200")) == ("\u22121,200.00",) * 2
    assert both(formats.money, Decimal("-1200")) == ("\u2212¥1,200.00", "CNY \u22121,200.00")
    assert both(formats.number, -1200) == ("\u22121,200",) * 2


def test_nothing_below_zero_is_left_of_minus_a_tenth_of_a_cent():
    assert both(formats.money_plain, Decimal("-0.001")) == ("0.00",) * 2


@pytest.mark.parametrize(
    ("amount", "chinese", "english"),
    [
        ("1286000", "¥128.6 万", "CNY 1.29M"),
        ("128600000", "¥1.29 亿", "CNY 128.6M"),
        ("1000000", "¥100 万", "CNY 1M"),
        ("99999999", "¥1 亿", "CNY 100M"),
        ("9999.99", "¥9,999.99", "CNY 10K"),
        ("9999", "¥9,999", "CNY 10K"),
        ("999.5", "¥999.50", "CNY 999.50"),
        ("999999", "¥100 万", "CNY 1M"),
        ("12000", "¥1.2 万", "CNY 12K"),
        ("5600000000", "¥56 亿", "CNY 5.6B"),
        ("-1286000", "\u2212¥128.6 万", "CNY \u22121.29M"),
        ("0", "¥0", "CNY 0"),
    ],
)
def test_money_on_cards_is_short(amount, chinese, english):
    assert both(formats.money_short, Decimal(amount)) == (chinese, english)


def test_a_number_is_grouped_in_threes_with_the_decimals_it_has():
    assert both(formats.number, 12000) == ("12,000",) * 2
    assert both(formats.number, Decimal("1234.5")) == ("1,234.5",) * 2


@pytest.mark.parametrize(
    ("share", "digits", "text"),
    [
        (Decimal("0.314"), 1, "31.4%"),
        (0.314, 1, "31.4%"),
        (Decimal(1), 0, "100%"),
        (Decimal("-0.0005"), 1, "\u22120.1%"),
        (0, 1, "0.0%"),
    ],
)
def test_a_rate_has_no_blank_before_its_sign(share, digits, text):
    assert both(formats.percent, share, digits) == (text, text)


@pytest.mark.parametrize(
    ("change", "chinese", "english"),
    [
        (Decimal("-0.062"), "低 6.2 点", "6.2 pts lower"),
        (0.062, "高 6.2 点", "6.2 pts higher"),
        (Decimal("0.0001"), "持平", "no change"),
        (0, "持平", "no change"),
    ],
)
def test_the_change_of_a_rate_is_told_in_points(change, chinese, english):
    assert both(formats.points, change) == (chinese, english)


def test_a_date_of_this_year_needs_no_year():
    assert both(formats.day, date(2026, 11, 18)) == ("11-18", "18 Nov")


def test_a_date_of_another_year_has_it():
    assert both(formats.day, date(2025, 3, 11)) == ("2025-03-11", "11 Mar 2025")


def test_a_long_date_has_its_weekday():
    assert both(formats.long_day, date(2026, 11, 18)) == ("2026 年 11 月 18 日 周三", "Wed 18 Nov 2026")


def test_a_moment_is_told_in_the_time_zone_of_the_reader():
    evening_before_in_utc = datetime(2026, 11, 17, 16, 30, tzinfo=UTC)
    assert both(formats.day, evening_before_in_utc) == ("11-18", "18 Nov")
    assert both(formats.time_of, evening_before_in_utc) == ("00:30", "00:30")
    assert both(formats.moment, NOW) == ("11-18 16:08", "18 Nov 16:08")


@pytest.mark.parametrize(
    ("length", "chinese", "english"),
    [
        (timedelta(days=4, hours=2), "4 天 2 小时", "4 d 2 h"),
        (timedelta(days=4, hours=2, minutes=59), "4 天 2 小时", "4 d 2 h"),
        (timedelta(days=4, minutes=5), "4 天", "4 d"),
        (timedelta(hours=2, minutes=5), "2 小时 5 分钟", "2 h 5 min"),
        (timedelta(minutes=35), "35 分钟", "35 min"),
        (timedelta(seconds=59), "0 分钟", "0 min"),
        (timedelta(hours=-3), "\u22123 小时", "\u22123 h"),
        (timedelta(seconds=-5), "0 分钟", "0 min"),
    ],
)
def test_a_span_is_told_in_its_two_largest_units(length, chinese, english):
    assert both(formats.span, length) == (chinese, english)


@pytest.mark.parametrize(
    ("when", "chinese", "english"),
    [
        (datetime(2026, 11, 18, 2, 30, tzinfo=UTC), "今天 10:30", "today 10:30"),
        (datetime(2026, 11, 17, 2, 30, tzinfo=UTC), "昨天 10:30", "yesterday 10:30"),
        (datetime(2026, 11, 17, 15, 59, tzinfo=UTC), "昨天 23:59", "yesterday 23:59"),
        (date(2026, 11, 19), "明天", "tomorrow"),
        (date(2026, 10, 15), "34 天前", "34 days ago"),
        (date(2026, 11, 21), "3 天后", "in 3 days"),
    ],
)
def test_how_far_away_a_moment_is(when, chinese, english):
    assert both(formats.ago, when) == (chinese, english)


def test_how_far_away_can_be_asked_for_another_now():
    noon_two_days_on = datetime(2026, 11, 20, 4, tzinfo=UTC)
    assert both(formats.ago, date(2026, 11, 18), noon_two_days_on) == ("2 天前", "2 days ago")


@pytest.mark.parametrize(
    ("due", "chinese", "english"),
    [
        (date(2026, 11, 6), "逾期 12 天", "12 days overdue"),
        (date(2026, 11, 17), "逾期 1 天", "1 day overdue"),
        (date(2026, 11, 18), "今天", "today"),
        (datetime(2026, 11, 18, 6, 8, tzinfo=UTC), "逾期 2 小时", "2 h overdue"),
        (datetime(2026, 11, 18, 9, 0, tzinfo=UTC), "今天 17:00", "today 17:00"),
        (date(2026, 11, 20), "2 天后", "in 2 days"),
    ],
)
def test_how_late_something_is(due, chinese, english):
    assert both(formats.overdue, due) == (chinese, english)


@pytest.mark.parametrize(
    ("e164", "extension", "chinese", "english"),
    [
        ("+8613812347788", "", "138 1234 7788", "+86 138 1234 7788"),
        ("+861068881234", "", "010 6888 1234", "+86 10 6888 1234"),
        ("+861068881234", "8001", "010 6888 1234 转 8001", "+86 10 6888 1234 ext. 8001"),
        ("+85291234567", "", "+852 9123 4567", "+852 9123 4567"),
        ("+864008001234", "", "400 800 1234", "+86 400 800 1234"),
    ],
)
def test_a_phone_number_stands_in_groups(e164, extension, chinese, english):
    assert both(formats.phone, e164, extension) == (chinese, english)


def test_a_masked_number_shows_its_ends():
    assert both(formats.masked_phone, "+8613812347788") == ("138 **** 7788",) * 2


@pytest.mark.parametrize(
    "format_",
    [
        formats.money, formats.money_plain, formats.money_short, formats.number, formats.percent, formats.points,
        formats.day, formats.moment, formats.long_day, formats.time_of, formats.ago, formats.overdue, formats.span,
        formats.phone, formats.masked_phone,
    ],
)  # fmt: skip
def test_what_is_absent_is_a_dash(format_):
    assert both(format_, None) == ("—", "—")


def test_without_a_chosen_language_it_is_chinese():
    with translation.override(None):
        assert formats.money(Decimal(1)) == "¥1.00"


def test_how_long_a_piece_of_work_took_is_told_in_the_unit_that_fits():
    assert both(formats.duration, None) == ("—", "—")
    assert both(formats.duration, 0.0354) == ("35 毫秒", "35 ms")
    assert both(formats.duration, 0.9996) == ("1.0 秒", "1.0 s")
    assert both(formats.duration, 1.24) == ("1.2 秒", "1.2 s")
    assert both(formats.duration, 42.4) == ("42 秒", "42 s")
    assert both(formats.duration, 59.7) == ("1 分", "1 min")
    assert both(formats.duration, 200) == ("3 分 20 秒", "3 min 20 s")
    assert both(formats.duration, 7800) == ("2 小时 10 分钟", "2 h 10 min")
