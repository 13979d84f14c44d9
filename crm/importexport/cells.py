"""From a cell to a value: the same few readers for every noun. What a value must be like is the noun's own business."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid
from crm.importexport.dates import day, moment
from crm.importexport.texts import PLAIN, Style, shown, text

__all__ = ["PLAIN", "Style", "day", "moment", "money", "number", "one_of", "percent", "several", "shown", "text", "whole", "year", "yes"]

YES = {"1", "y", "yes", "true", "t", "是", "有", "√", "对", "x"}
NO = {"0", "n", "no", "false", "f", "否", "无", "×", "错", ""}
SEPARATORS = re.compile(r"[,，、;；|\n]+")
UNITS = {"万": 10_000, "亿": 100_000_000, "k": 1_000, "m": 1_000_000}
# Words behind a count: 120 人, 2008 年.
COUNTED = "人名个位家年台套件"
LONGEST_NUMBER = 60
LARGEST = 20  # digits before or behind the point


def number(cell, style: Style = PLAIN) -> Decimal | None:
    """A number with thousands separators, a currency sign, 万 or 亿 as people write them."""
    if isinstance(cell, bool) or cell in (None, ""):
        return None
    if isinstance(cell, int | float):
        if not abs(cell) < 10**LARGEST:
            raise _no_number(cell)
        return Decimal(repr(cell)) * style.times
    plain = unicodedata.normalize("NFKC", shown(cell)).casefold()
    if len(plain) > LONGEST_NUMBER:
        raise _no_number(cell)
    plain = re.sub(r"[\s,'_]|cny|usd|rmb|[¥$€£元]", "", plain)
    if not plain:
        return None
    unit = UNITS.get(plain[-1], 1)
    plain = plain[:-1] if unit != 1 else plain
    if plain.startswith("(") and plain.endswith(")"):
        plain = f"-{plain[1:-1]}"
    try:
        found = Decimal(plain)
    except InvalidOperation as error:
        raise _no_number(cell) from error
    if not found.is_finite() or abs(found.adjusted()) > LARGEST or abs((found * unit * style.times).adjusted()) > LARGEST:
        raise _no_number(cell)
    return found * unit * style.times


def whole(cell, style: Style = PLAIN) -> int | None:
    """A whole number."""
    try:
        found = number(cell.strip().rstrip(COUNTED) if isinstance(cell, str) else cell, style)
    except Invalid as refusal:
        raise _no_number(cell) from refusal
    if found is None:
        return None
    if found != found.to_integral_value() or abs(found) >= 2**31:
        raise Invalid(_("“%(value)s” is not a whole number.") % {"value": shown(cell)[:LONGEST_NUMBER]}, code="not_a_number")
    return int(found)


def money(cell, style: Style = PLAIN) -> Decimal | None:
    """An amount; what is finer than a cent is refused by the noun."""
    found = number(cell, style)
    return found if found is None or found != found.quantize(Decimal("0.01")) else found.quantize(Decimal("0.01"))


def percent(cell, style: Style = PLAIN) -> Decimal | None:
    """A percentage, with or without its sign; a cell formatted as 13% holds 0.13."""
    if isinstance(cell, float) and 0 < abs(cell) < 1:
        return Decimal(repr(cell)) * 100
    return number(cell.replace("%", "").replace("％", "") if isinstance(cell, str) else cell, style)


def year(cell, style: Style = PLAIN) -> int | None:
    """A year, also out of a whole date: 2008, 2008年, 2008-05-01."""
    if isinstance(cell, date):
        return cell.year
    try:
        return whole(cell, style)
    except Invalid:
        try:
            return day(cell, style).year
        except Invalid:
            pass
        raise


def yes(cell, style: Style = PLAIN) -> bool:
    """Yes or no, in many writings."""
    plain = text(cell).casefold()
    if plain in YES or plain in NO:
        return plain in YES
    raise Invalid(_("“%(value)s” is neither yes nor no.") % {"value": plain[:LONGEST_NUMBER]}, code="not_yes_or_no")


def several(cell, style: Style = PLAIN) -> list[str]:
    """Several short words, separated by commas of either width, semicolons or line breaks."""
    return [part.strip() for part in SEPARATORS.split(text(cell)) if part.strip()]


def one_of(choices) -> Callable:
    """A reader for one of a fixed list: its code, or its words in either language."""

    codes = cache(lambda: _codes(choices))

    def read(cell, style: Style = PLAIN) -> str:
        wanted = text(cell)
        return codes().get(wanted.casefold(), wanted) if wanted else ""

    return read


def _codes(choices):
    """Words in either language to codes; put together at the first question, when the languages are there."""
    known = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            known |= {str(label).casefold(): code for code, label in choices}
    return known | {str(code).casefold(): code for code, _label in choices}


def _no_number(cell):
    return Invalid(_("“%(value)s” is not a number.") % {"value": shown(cell)[:LONGEST_NUMBER]}, code="not_a_number")
