"""From a cell to a value: the same few readers for every noun. What a value must be like is the noun's own business."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid

FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet counts days from here, without a zone
SERIALS = range(10_000, 110_000)  # 1927 to 2201
NUMERIC_DATE = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})")
CHINESE_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?")
COMPACT_DATE = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(am|pm|上午|下午)?", re.IGNORECASE)
YES = {"1", "y", "yes", "true", "t", "是", "有", "√", "对", "x"}
NO = {"0", "n", "no", "false", "f", "否", "无", "×", "错", ""}
SEPARATORS = re.compile(r"[,，、;；|\n]+")
UNITS = {"万": 10_000, "亿": 100_000_000, "k": 1_000, "m": 1_000_000}


@dataclass(frozen=True)
class Style:
    """How this sheet writes things: the order of a date's parts (`ymd`, `mdy`, `dmy`) and what numbers are counted in."""

    dates: str = "mdy"
    times: Decimal = Decimal(1)


PLAIN = Style()


def text(cell, style: Style = PLAIN) -> str:
    """The cell as a person reads it: whole numbers without a point, days without a time."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    return "" if cell is None else str(cell).replace("\x00", "").strip()


def number(cell, style: Style = PLAIN) -> Decimal | None:
    """A number with thousands separators, a currency sign, 万 or 亿 as people write them."""
    if isinstance(cell, bool) or cell in (None, ""):
        return None
    if isinstance(cell, int | float):
        return Decimal(repr(cell)) * style.times
    plain = unicodedata.normalize("NFKC", str(cell)).strip().casefold()
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
        raise Invalid(_("“%(value)s” is not a number.") % {"value": cell}, code="not_a_number") from error
    if not found.is_finite():
        raise Invalid(_("“%(value)s” is not a number.") % {"value": cell}, code="not_a_number")
    return found * unit * style.times


def whole(cell, style: Style = PLAIN) -> int | None:
    """A whole number."""
    found = number(cell, style)
    if found is None:
        return None
    if found != found.to_integral_value() or abs(found) >= 2**31:
        raise Invalid(_("“%(value)s” is not a whole number.") % {"value": cell}, code="not_a_number")
    return int(found)


def money(cell, style: Style = PLAIN) -> Decimal | None:
    """An amount; what is finer than a cent is refused by the noun."""
    found = number(cell, style)
    return found if found is None or found != found.quantize(Decimal("0.01")) else found.quantize(Decimal("0.01"))


def percent(cell, style: Style = PLAIN) -> Decimal | None:
    """A percentage, with or without its sign."""
    return number(cell.replace("%", "").replace("％", "") if isinstance(cell, str) else cell, style)


def moment(cell, style: Style = PLAIN) -> datetime | None:
    """A date with or without a time, in the company's time zone; without a time it is midnight."""
    found = _naive(cell, style)
    if found is None:
        return None
    if found.tzinfo is None:
        found = timezone.make_aware(found, timezone.get_default_timezone())
    return found.astimezone(UTC)


def day(cell, style: Style = PLAIN) -> date | None:
    """A calendar day; a time behind it is passed over."""
    found = _naive(cell, style)
    return found and (timezone.localtime(found, timezone.get_default_timezone()) if found.tzinfo else found).date()


def yes(cell, style: Style = PLAIN) -> bool:
    """Yes or no, in many writings."""
    plain = text(cell).casefold()
    if plain in YES or plain in NO:
        return plain in YES
    raise Invalid(_("“%(value)s” is neither yes nor no.") % {"value": cell}, code="not_yes_or_no")


def several(cell, style: Style = PLAIN) -> list[str]:
    """Several short words, separated by commas of either width, semicolons or line breaks."""
    return [part.strip() for part in SEPARATORS.split(text(cell)) if part.strip()]


def one_of(choices) -> Callable:
    """A reader for one of a fixed list: its code, or its words in either language."""

    def read(cell, style: Style = PLAIN) -> str:
        wanted = text(cell)
        if not wanted:
            return ""
        return _codes(choices).get(wanted.casefold(), wanted)

    return read


def _codes(choices):
    known = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            known |= {str(label).casefold(): code for code, label in choices}
    return known | {str(code).casefold(): code for code, _label in choices}


def _naive(cell, style):
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(cell)
    plain = unicodedata.normalize("NFKC", text(cell))
    if not plain:
        return None
    if plain.replace(".", "", 1).isdigit() and len(plain.partition(".")[0]) == 5:
        return _serial(float(plain))
    return _written(plain, style, cell)


def _serial(days):
    if int(days) not in SERIALS:
        raise _no_date(days)
    return FIRST_DAY + timedelta(seconds=round(float(days) * 86400))


def _written(plain, style, cell):
    if "T" in plain or re.search(r"[+-]\d\d:?\d\d$|Z$", plain):
        try:
            return datetime.fromisoformat(plain)
        except ValueError:
            pass
    try:
        found, rest = _day_written(plain, style)
        return datetime.combine(found, _time_written(rest.strip()))
    except ValueError as error:
        raise _no_date(cell) from error


def _day_written(plain, style):
    if found := CHINESE_DATE.match(plain) or COMPACT_DATE.match(plain):
        return date(*map(int, found.groups())), plain[found.end() :]
    found = NUMERIC_DATE.match(plain)
    if found is None:
        raise ValueError(plain)
    first, second, third = map(int, found.groups())
    if len(found[1]) == 4:
        return date(first, second, third), plain[found.end() :]
    year = third if len(found[3]) == 4 else 2000 + third if third < 70 else 1900 + third
    day_first = first > 12 or (style.dates == "dmy" and second <= 12)
    return date(year, *((second, first) if day_first else (first, second))), plain[found.end() :]


def _time_written(rest):
    if not rest:
        return time()
    found = TIME.fullmatch(rest) or TIME.fullmatch(_half_first(rest))
    if found is None:
        raise ValueError(rest)
    hour = int(found[1])
    half = (found[4] or "").casefold()
    if half in ("pm", "下午") and hour < 12:
        hour += 12
    elif half in ("am", "上午") and hour == 12:
        hour = 0
    return time(hour, int(found[2]), int(found[3] or 0))


def _half_first(rest):
    """上午 9:30 stands the other way round."""
    return f"{rest[2:].strip()} {rest[:2]}" if rest.startswith(("上午", "下午")) else rest


def _no_date(cell):
    return Invalid(_("“%(value)s” is not a date.") % {"value": cell}, code="not_a_date")
