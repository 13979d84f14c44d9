"""The lists behind the figures of sales."""

from urllib.parse import urlencode

from reports.sales.results import MONTH, PERSON, PRODUCT, TEAM
from reports.slices.periods import DAY, month_after

PAYMENTS, ORDERS = "/deals/payments/", "/deals/orders/"


def payments(question, by, line=None) -> str:
    """The money that moved, receipts and refunds, of one line or of all."""
    first, last, narrowed = _narrowed(question, by, line)
    days = {"received_after": first, "received_before": last}
    return f"{PAYMENTS}?{urlencode(days | {'kind': ['receipt', 'refund']} | narrowed, doseq=True)}"


def orders(question, by, line=None) -> str:
    """The orders that were placed and stand, of one line or of all."""
    first, last, narrowed = _narrowed(question, by, line)
    return f"{ORDERS}?{urlencode({'placed_after': first, 'placed_before': last, 'state': 'placed'} | narrowed)}"


def _narrowed(question, by, line):
    first, last = question.period.first, question.period.last
    narrowed = question.part.parameters()
    if line is not None and by == MONTH:
        first, last = max(first, line.key), min(last, month_after(line.key, 1) - DAY)
    elif line is not None and by == PERSON:
        narrowed = narrowed | {"owner": line.key or ""}
    elif line is not None and by == TEAM:
        narrowed = narrowed | {"team": f"{line.key}.only" if line.key else ""}
    elif line is not None and by == PRODUCT:
        narrowed = narrowed | {"product": line.key}
    return first.isoformat(), last.isoformat(), narrowed
