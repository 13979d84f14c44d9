"""One money: Decimal with two places, rounded half up, never a float."""

from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

Amount = Decimal | int | str

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
MINUS = "\u2212"
DEFAULT_CURRENCY = "CNY"

CURRENCIES = [
    ("CNY", _("Chinese yuan")),
    ("USD", _("US dollar")),
    ("EUR", _("Euro")),
    ("HKD", _("Hong Kong dollar")),
    ("JPY", _("Japanese yen")),
    ("GBP", _("Pound sterling")),
    ("TWD", _("New Taiwan dollar")),
    ("MOP", _("Macau pataca")),
    ("SGD", _("Singapore dollar")),
    ("KRW", _("South Korean won")),
    ("AUD", _("Australian dollar")),
    ("CAD", _("Canadian dollar")),
    ("CHF", _("Swiss franc")),
]


def quantize(amount: Amount) -> Decimal:
    """Round an amount to the cent, half up: 0.005 becomes 0.01 and −0.005 becomes −0.01."""
    return _exact(amount).quantize(CENT, rounding=ROUND_HALF_UP)


def split_evenly(total: Amount, parts: int) -> list[Decimal]:
    """Cut an amount into equal parts that add up again; the cents left over go to the last parts.

    100.00 in three is 33.33, 33.33, 33.34.
    """
    if parts < 1:
        raise ValueError("an amount is split into at least one part")
    cents = int(quantize(total) / CENT)
    size, over = divmod(abs(cents), parts)
    sign = -1 if cents < 0 else 1
    return [sign * CENT * (size + (place >= parts - over)) for place in range(parts)]


def line_amount(quantity: Amount, unit_price: Amount, discount_percent: Amount = 0) -> Decimal:
    """What a product line costs: quantity × unit price less the discount (15 is 15 % off), rounded once, at the end."""
    paid_share = (HUNDRED - _exact(discount_percent)) / HUNDRED
    return quantize(_exact(quantity) * _exact(unit_price) * paid_share)


def written(amount: Amount, currency: str = DEFAULT_CURRENCY) -> str:
    """An amount as pages and the sentences of refusals write it: ¥1,286,000.00, in English CNY 1,286,000.00."""
    return with_currency(f"{quantize(amount):,}".replace("-", MINUS), currency)


def with_currency(text: str, currency: str) -> str:
    """A figure in digits with its currency before it, a sign before both."""
    if currency != "CNY" or not (get_language() or "zh").startswith("zh"):
        return f"{currency} {text}"
    return f"{MINUS}¥{text[1:]}" if text.startswith(MINUS) else f"¥{text}"


def MoneyField(**options) -> models.DecimalField:
    """A column for an amount: up to sixteen digits before the point and two behind it."""
    return models.DecimalField(max_digits=18, decimal_places=2, **options)


def _exact(value: Amount) -> Decimal:
    if isinstance(value, float):
        raise TypeError("amounts are Decimal, int or str, never float")
    return Decimal(value)
