from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.core.money import CURRENCIES, MoneyField, line_amount, quantize, split_evenly

AMOUNTS = st.decimals(min_value="-99999999.99", max_value="99999999.99", places=2)


@pytest.mark.parametrize(
    ("given_amount", "rounded"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("0.0049", "0.00"), ("2.675", "2.68"), ("1.005", "1.01"), ("12", "12.00")],
)
def test_half_a_cent_is_rounded_away_from_zero(given_amount, rounded):
    assert quantize(Decimal(given_amount)) == Decimal(rounded)
    assert str(quantize(given_amount)) == rounded


def test_a_float_is_never_an_amount():
    with pytest.raises(TypeError):
        quantize(0.1)
    with pytest.raises(TypeError):
        line_amount(1, 0.1)


@pytest.mark.parametrize(
    ("total", "parts", "expected"),
    [
        ("100.00", 3, ["33.33", "33.33", "33.34"]),
        ("100.00", 6, ["16.66", "16.66", "16.67", "16.67", "16.67", "16.67"]),
        ("100.00", 1, ["100.00"]),
        ("0.02", 3, ["0.00", "0.01", "0.01"]),
        ("-100.00", 3, ["-33.33", "-33.33", "-33.34"]),
        ("0.00", 2, ["0.00", "0.00"]),
    ],
)
def test_the_cents_left_over_go_to_the_last_parts(total, parts, expected):
    assert split_evenly(Decimal(total), parts) == [Decimal(part) for part in expected]


def test_an_amount_cannot_be_split_into_nothing():
    with pytest.raises(ValueError):
        split_evenly(Decimal(1), 0)


@given(AMOUNTS, st.integers(1, 60))
def test_the_parts_add_up_again_and_differ_by_a_cent_at_most(total, parts):
    split = split_evenly(total, parts)
    assert sum(split) == total
    assert max(split) - min(split) <= Decimal("0.01")


@pytest.mark.parametrize(
    ("quantity", "unit_price", "discount", "expected"),
    [
        (2, "5000", 0, "10000.00"),  # A001, 产品X ×2
        (3, "19.99", 10, "53.97"),  # 59.97 less 5.997 is 53.973
        (1, "0.05", 50, "0.03"),  # 0.025, half up
        ("1.5", "33.33", "12.5", "43.75"),  # 49.995 × 0.875 = 43.745625
        (1, "99.99", 100, "0.00"),
    ],
)
def test_a_line_is_rounded_once_after_its_discount(quantity, unit_price, discount, expected):
    assert line_amount(quantity, Decimal(unit_price), discount) == Decimal(expected)


def test_the_yuan_comes_first_and_no_currency_twice():
    codes = [code for code, _name in CURRENCIES]
    assert codes[0] == "CNY"
    assert {"CNY", "USD", "EUR", "HKD", "JPY", "GBP"} <= set(codes)
    assert len(codes) == len(set(codes))


def test_a_money_column_holds_two_decimals_and_sixteen_digits_before_them():
    column = MoneyField(null=True)
    assert (column.max_digits, column.decimal_places, column.null) == (18, 2, True)
