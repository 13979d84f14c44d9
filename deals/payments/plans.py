"""Ways to cut an order into instalments: pairs of due day and amount that add up to the cent."""

from calendar import monthrange
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid
from crm.core.figures import figure
from crm.core.money import HUNDRED, quantize, split_evenly

MOST_PARTS = 120


def equal_parts(total, parts, *, first, months=1):
    """So many equal parts, one every `months` months from the day `first`; odd cents go to the last."""
    if not 1 <= parts <= MOST_PARTS:
        raise Invalid(_("Between 1 and %(most)d instalments.") % {"most": MOST_PARTS}, field="parts", code="parts")
    return [(months_after(first, months * place), amount) for place, amount in enumerate(split_evenly(total, parts))]


def shares(total, percents):
    """Parts by percent: `[(day, 30), (day, 70)]`; the last one takes what rounding left over."""
    percents = [(day, figure(percent, least=0, most=100)) for day, percent in percents]
    if sum(percent for _day, percent in percents) != HUNDRED:
        raise Invalid(_("The percentages must add up to 100."), field="parts", code="not_hundred")
    amounts = [quantize(total * percent / HUNDRED) for _day, percent in percents[:-1]]
    return list(zip([day for day, _percent in percents], [*amounts, total - sum(amounts, Decimal(0))], strict=True))


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the month's last where it is shorter: 31 January and one is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
