"""What lines cost, worked out by hand, and when a price is special: exactly at the limit it is not."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.core.errors import Invalid
from deals.orders import pricing
from deals.orders.cleaning import clean_lines


def line(quantity="1", unit_price="100", discount="0", list_price="100", floor_price=None):
    product = SimpleNamespace(pk=1, is_active=True, list_price=Decimal(list_price), floor_price=floor_price and Decimal(floor_price))
    figures = {"quantity": Decimal(quantity), "unit_price": Decimal(unit_price), "discount": Decimal(discount)}
    return {"product": product, **figures}


@pytest.mark.parametrize(
    ("quantity", "unit_price", "discount", "amount"),
    [
        ("1", "100.00", "0", "100.00"),
        ("3", "33.33", "0", "99.99"),
        ("2.5", "19.99", "0", "49.98"),  # 49.975
        ("0.333", "10.00", "0", "3.33"),  # 3.33
        ("0.005", "1.00", "0", "0.01"),  # half a cent goes up
        ("0.004", "1.00", "0", "0.00"),
        ("1", "0.01", "50", "0.01"),  # 0.005
        ("1", "99.99", "15", "84.99"),  # 84.9915
        ("3", "0.35", "5", "1.00"),  # 0.9975
        ("7", "1234.56", "12.5", "7561.68"),  # 7561.68
        ("1", "100.00", "100", "0.00"),
        ("1000000", "9999999.99", "33.33", "6666999993333.00"),  # 9 999 999 990 000 × 0.6667
    ],
)
def test_an_amount_is_rounded_once_half_up(quantity, unit_price, discount, amount):
    assert pricing.amount_of(line(quantity, unit_price, discount)) == Decimal(amount)


@pytest.mark.parametrize(
    ("given_line", "reasons"),
    [
        (line(discount="15.00"), []),
        (line(discount="15.01"), ["above_limit"]),
        (line(unit_price="85.00"), []),
        (line(unit_price="84.99"), ["above_limit"]),  # a lowered price is a discount by another name
        (line(unit_price="100", discount="10", floor_price="90.00"), []),
        (line(unit_price="100", discount="10.01", floor_price="90.00"), ["below_floor"]),
        (line(unit_price="80", discount="20", floor_price="90.00"), ["below_floor", "above_limit"]),
        (line(unit_price="120"), []),
        (line(list_price="0", unit_price="0"), []),
    ],
)
def test_a_price_is_special_below_the_floor_or_above_the_limit(given_line, reasons):
    assert pricing.special_reasons([given_line], "CNY") == reasons


def test_one_special_line_makes_the_order_special_and_a_mark_does_too():
    assert pricing.special_reasons([line(), line(discount="16")], "CNY") == ["above_limit"]
    assert pricing.special_reasons([line()], "CNY", marked=True) == ["marked"]


def test_an_order_in_another_currency_is_judged_by_its_discount_alone():
    cheap = line(unit_price="14", floor_price="90")
    assert pricing.special_reasons([cheap], "USD") == []
    assert pricing.special_reasons([cheap | {"discount": Decimal("15.01")}], "USD") == ["above_limit"]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 99_999_999), st.integers(0, 99_999_999), st.integers(0, 10_000))
def test_an_amount_is_never_half_a_cent_away_from_the_exact_product(thousandths, cents, hundredths):
    quantity, unit_price, discount = Decimal(thousandths) / 1000, Decimal(cents) / 100, Decimal(hundredths) / 100
    exact = quantity * unit_price * (100 - discount) / 100
    assert abs(pricing.amount_of(line(quantity, unit_price, discount)) - exact) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "-1"}, "quantity"),
        ({"quantity": "1.0001"}, "quantity"),
        ({"unit_price": "-0.01"}, "unit_price"),
        ({"unit_price": "1.001"}, "unit_price"),
        ({"discount": "100.01"}, "discount"),
        ({"discount": "abc"}, "discount"),
        ({"product": None}, "product"),
    ],
)
def test_a_wrong_figure_is_refused_by_its_line_and_field(values, problem):
    with pytest.raises(Invalid) as refused:
        clean_lines([line(), line() | values])
    assert list(refused.value.errors) == [f"lines.1.{problem}"]


def test_what_is_not_sold_any_more_is_refused_unless_it_was_on_the_order():
    retired = line()
    retired["product"].is_active = False
    with pytest.raises(Invalid):
        clean_lines([retired])
    assert clean_lines([retired], known={1})


def test_an_order_without_lines_or_beyond_all_columns_is_refused():
    for lines in ([], [line("1000", "9999999999999999")]):
        with pytest.raises(Invalid) as refused:
            clean_lines(lines)
        assert refused.value.field == "lines"


def test_a_line_without_figures_is_one_piece_at_the_list_price():
    product = line(list_price="88.00")["product"]
    (cleaned,) = clean_lines([{"product": product}])
    assert (cleaned["quantity"], cleaned["unit_price"], cleaned["discount"]) == (1, Decimal("88.00"), 0)
