"""The product lines of an order: read, priced and written as a whole."""

from decimal import Decimal

from crm.core.errors import Invalid
from deals.orders import pricing
from deals.orders.cleaning import clean_lines
from deals.orders.models import OrderLine


def expected(opportunity):
    """The line an opportunity speaks of: its product at its expected amount, else at the list price; none without a product."""
    if opportunity is None or opportunity.product is None:
        return []
    return [{"product": opportunity.product, "unit_price": opportunity.amount}]


def read(order):
    """The lines of an order as plain values, in their order."""
    rows = order.lines.select_related("product")
    return [{field: getattr(row, field) for field in ("product", "quantity", "unit_price", "discount")} for row in rows]


def price(order, lines):
    """Set the order's amount and whether it is a special price; gives back the reasons."""
    order.amount = sum((pricing.amount_of(line) for line in lines), Decimal(0))
    reasons = pricing.special_reasons(lines, order.currency, marked=order.marked_special)
    order.is_special_price = bool(reasons)
    return reasons


def preview(given, currency, *, marked=False):
    """What lines would come to and why that is a special price, before they are saved; None while they cannot be taken."""
    try:
        lines = clean_lines(given)
    except Invalid:
        return None
    amount = sum((pricing.amount_of(line) for line in lines), Decimal(0))
    reasons = pricing.special_reasons(lines, currency, marked=marked)
    return {"amount": amount, "currency": currency, "reasons": [pricing.REASONS[reason] for reason in reasons]}


def write(order, lines):
    """Replace the lines of a saved order."""
    order.lines.all().delete()
    OrderLine.objects.bulk_create(rows_of(order, lines))


def rows_of(order, lines):
    """The rows for these lines, not saved yet."""
    return [OrderLine(order=order, position=place, amount=pricing.amount_of(line), **line) for place, line in enumerate(lines, start=1)]
