"""Axes whose ticks read like the figures on the cards: in 万 and 亿 for readers of Chinese."""

from decimal import Decimal
from math import ceil, floor, log10

from django.utils.translation import get_language

from crm.web import formats

STEPS = (1, 2, 2.5, 5, 10)
TICKS = 5


def of_money(amounts, room=1.15) -> dict:
    """The ticks and the range of an axis for these amounts, with some room for the labels of the bars."""
    least, most = min(0, *map(float, amounts), 0), max(1.0, *map(float, amounts))
    step = _step((most - least) / TICKS)
    ticks = [step * place for place in range(floor(least / step), ceil(most / step) + 1)]
    return {
        "tickvals": ticks,
        "ticktext": [formats.money_short(Decimal(str(tick))) for tick in ticks],
        "range": [min(least * room, 0), max(most * room, ticks[-1])],
    }


def _step(rough):
    """The next round number: 1, 2, 2.5 or 5 times a power of ten."""
    power = 10 ** floor(log10(rough))
    return next(step * power for step in STEPS if step * power >= rough)


def in_units(amount) -> str:
    """A label that fits above a narrow bar: the amount in the unit of `unit_words`, nothing for nothing."""
    size = 10_000 if _chinese() else 1_000
    return formats.number(round(amount / size)) if amount else ""


def unit_words() -> str:
    """The unit of such labels."""
    return "万元" if _chinese() else "CNY thousand"


def _chinese():
    return (get_language() or "").startswith("zh")
