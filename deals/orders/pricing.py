"""What a line costs, and when its price needs the team lead's word."""

from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from crm.core.money import HUNDRED, line_amount

BELOW_FLOOR, ABOVE_LIMIT, MARKED = "below_floor", "above_limit", "marked"
REASONS = {
    BELOW_FLOOR: _("below the floor price"),
    ABOVE_LIMIT: _("discount above the limit"),
    MARKED: _("marked by hand"),
}


def amount_of(line) -> Decimal:
    """Quantity × unit price less discount, rounded half up to the cent."""
    return line_amount(line["quantity"], line["unit_price"], line["discount"])


def special_reasons(lines, currency, *, marked=False) -> list[str]:
    """Why these lines are a special price, or nothing when they are not; prices are compared before rounding.

    List and floor prices are in the company's currency: orders in another one are judged by their discount alone.
    """
    comparable = currency == settings.COMPANY_CURRENCY
    found = {MARKED} if marked else set()
    for line in lines:
        found |= _reasons_of(line, comparable)
    return [reason for reason in REASONS if reason in found]


def _reasons_of(line, comparable):
    product, found = line["product"], set()
    paid = line["unit_price"] * (HUNDRED - line["discount"]) / HUNDRED
    lowest = product.list_price * (HUNDRED - settings.DISCOUNT_LIMIT) / HUNDRED
    if line["discount"] > settings.DISCOUNT_LIMIT or (comparable and paid < lowest):
        found.add(ABOVE_LIMIT)
    if comparable and product.floor_price is not None and paid < product.floor_price:
        found.add(BELOW_FLOOR)
    return found
