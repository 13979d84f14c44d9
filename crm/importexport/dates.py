"""Days and moments as people and programs write them."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.errors import Invalid
from crm.importexport.texts import PLAIN, Style, shown

FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet counts days from here, without a zone
MAC_DAYS = 1462  # so many days later the other way of counting begins
SERIALS = range(10_000, 110_000)  # 1927 to 2201
YEARS = range(1800, 2300)
LONGEST = 60
NUMERIC_DATE = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?!\d)")
CHINESE_DATE = re.compile(r"(\d{4}|\d{2})年(\d{1,2})月(\d{1,2})[日号]?")
COMPACT_DATE = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-\s.]{0,3}([a-z]{3,9})[-\s.,]{0,3}(\d{4}|\d{2})(?!\d)")
MONTH_FIRST = re.compile(r"([a-z]{3,9})[-\s.]{0,3}(\d{1,2})(?:st|nd|rd|th)?[-\s.,]{1,3}(\d{4})(?!\d)")
WEEKDAY = re.compile(r"^(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.\s]{1,3})|[(]?(?:星期|周)[一二三四五六日天][)]?")
TIME = re.compile(r"(\d{1,2})[:时点](\d{2})(?:[:分](\d{2})(?:\.\d{1,9})?)?[分秒]?\s{0,3}(am|pm|上午|下午)?", re.IGNORECASE)
MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
HAN_DATE = re.compile(r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]?")


def moment(cell, style: Style = PLAIN) -> datetime | None:
    """A date with or without a time, in the company's time zone; without a time it is midnight."""
    found = _known(cell, style)
    if found is None:
        return None
    if found.tzinfo is None:
        found = timezone.make_aware(found, timezone.get_default_timezone())
    return found.astimezone(UTC)


def day(cell, style: Style = PLAIN) -> date | None:
    """A calendar day; a time behind it is passed over."""
    found = _known(cell, style)
    return found and (timezone.localtime(found, timezone.get_default_timezone()) if found.tzinfo else found).date()


def order_of(texts) -> str | None:
    """In which order these dates are written, where one of them tells: 31/3/2026, 3/31/2026, 26/3/31; None where none does."""
    found = [match for text in texts if isinstance(text, str) and (match := NUMERIC_DATE.match(unicodedata.normalize("NFKC", text[:LONGEST]).strip()))]
    parts = [(int(match[1]), int(match[3]), int(match[4]), len(match[4])) for match in found if len(match[1]) < 3]
    if not parts:
        return None
    this_year = clock.today().year % 100
    if any(width == 4 for *_numbers, width in parts):
        return "dmy" if any(first > 12 for first, *_rest in parts) else "mdy" if any(second > 12 for _first, second, *_rest in parts) else None
    if any(first > 31 for first, *_rest in parts) or all(this_year - 15 <= first <= this_year + 2 and first > 12 for first, *_rest in parts):
        return "ymd"
    return "dmy" if any(first > 12 for first, *_rest in parts) else "mdy" if any(second > 12 for _first, second, *_rest in parts) else None


def _known(cell, style):
    """The date, in a year that people live in: the others are slips, and no calendar can move them into another zone."""
    found = _naive(cell, style)
    if found is not None and found.year not in YEARS:
        raise _no_date(cell)
    return found


def _naive(cell, style):
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _compact(cell) or _serial(cell, style)
    plain = unicodedata.normalize("NFKC", shown(cell))
    if not plain:
        return None
    if len(plain) > LONGEST:
        raise _no_date(cell)
    if plain.replace(".", "", 1).isdecimal() and len(plain.partition(".")[0]) == 5:
        return _serial(float(plain), style)
    return _written(plain, style, cell)


def _compact(number):
    """20260305 as a number; nothing where it is none."""
    if not (19000101 <= number <= 20991231 and float(number).is_integer()):
        return None
    try:
        return datetime(int(number) // 10000, int(number) // 100 % 100, int(number) % 100)  # noqa: DTZ001 - a day without a zone
    except ValueError:
        return None


def _serial(days, style):
    days = float(days) + (MAC_DAYS if style.from_1904 else 0)
    if not SERIALS.start <= days < SERIALS.stop:
        raise _no_date(days)
    return FIRST_DAY + timedelta(seconds=round(days * 86400))


def _written(plain, style, cell):
    if "T" in plain or re.search(r"[+-]\d\d:?\d\d$|Z$", plain):
        try:
            return datetime.fromisoformat(plain)
        except ValueError:
            pass
    try:
        found, rest = _day_written(WEEKDAY.sub("", plain.casefold()).strip(), style)
        return datetime.combine(found, _time_written(rest.strip()))
    except (ValueError, KeyError) as error:
        raise _no_date(cell) from error


def _day_written(plain, style):
    if found := CHINESE_DATE.match(plain) or COMPACT_DATE.match(plain):
        return date(_century(found[1]), int(found[2]), int(found[3])), plain[found.end() :]
    if found := HAN_DATE.match(plain):
        return date(int(found[1].translate(HAN_DIGITS)), _han(found[2]), _han(found[3])), plain[found.end() :]
    if found := DAY_FIRST.match(plain):
        return date(_century(found[3]), MONTHS[found[2][:3]], int(found[1])), plain[found.end() :]
    if found := MONTH_FIRST.match(plain):
        return date(int(found[3]), MONTHS[found[1][:3]], int(found[2])), plain[found.end() :]
    found = NUMERIC_DATE.match(plain)
    if found is None:
        raise ValueError(plain)
    return _in_order(found, style), plain[found.end() :]


def _in_order(found, style):
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == 4:
        return date(first, second, third)
    if style.dates == "ymd" and len(found[4]) < 3:
        return date(_century(found[1]), second, third)
    day_first = first > 12 or (style.dates == "dmy" and second <= 12)
    return date(_century(found[4]), *((second, first) if day_first else (first, second)))


def _century(digits):
    year = int(digits)
    if len(digits) == 4:
        return year
    if len(digits) != 2:
        raise ValueError(digits)
    return 2000 + year if year < 70 else 1900 + year


def _han(text):
    """二十一 is 21, 十 is 10."""
    tens, ten, ones = text.rpartition("十")
    return (int(tens.translate(HAN_DIGITS) or 1) * 10 if ten else 0) + int(ones.translate(HAN_DIGITS) or 0)


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
    return Invalid(_("“%(value)s” is not a date.") % {"value": shown(cell)[:LONGEST]}, code="not_a_date")
