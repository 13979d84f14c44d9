"""How numbers, money, dates and phones are written in both languages (DESIGN §7). Text out, ready for a cell.

The forms differ in structure and not only in words, so they stand here side by side instead of in the translations:
a cell costs one look at the language and no look-up of a sentence. What is absent is "—".
"""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.timezone import localtime
from django.utils.translation import get_language

from crm.core import clock, phones
from crm.core.money import DEFAULT_CURRENCY, MINUS, with_currency, written

NONE = "—"

_WEEKDAYS_ZH = "周一 周二 周三 周四 周五 周六 周日".split()
_WEEKDAYS_EN = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS_EN = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_NEAR_ZH = "昨天 今天 明天".split()
_NEAR_EN = "yesterday today tomorrow".split()
_SHORT_ZH = ((Decimal(10) ** 8, " 亿", 2), (Decimal(10) ** 4, " 万", 1))
_SHORT_EN = ((Decimal(10) ** 9, "B", 2), (Decimal(10) ** 6, "M", 2), (Decimal(10) ** 3, "K", 1))


def _chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def money(amount: Decimal | int | None, currency: str = DEFAULT_CURRENCY) -> str:
    """The exact amount: ¥1,286,000.00 or CNY 1,286,000.00."""
    return NONE if amount is None else written(amount, currency)


def money_plain(amount: Decimal | int | None) -> str:
    """The exact amount in a column whose head names the currency: 1,286,000.00."""
    return NONE if amount is None else _grouped(amount, 2)


def money_short(amount: Decimal | int | None, currency: str = DEFAULT_CURRENCY) -> str:
    """The amount for cards and axes: ¥128.6 万, ¥1.29 亿, or CNY 1.29M."""
    if amount is None:
        return NONE
    return with_currency(_shortened(Decimal(amount), _SHORT_ZH if _chinese() else _SHORT_EN), currency)


def number(value: Decimal | int | float | None) -> str:
    """A count or quantity: 12,000, with no more decimals than it has."""
    return NONE if value is None else f"{value:,}".replace("-", MINUS)


def percent(share: Decimal | float | None, digits: int = 1) -> str:
    """A share of one as a rate: 0.314 is 31.4%."""
    return NONE if share is None else _grouped(_hundredfold(share), digits) + "%"


def points(change: Decimal | float | None, digits: int = 1) -> str:
    """The difference of two shares in words: −0.062 is 低 6.2 点, 6.2 pts lower."""
    if change is None:
        return NONE
    size = _grouped(abs(_hundredfold(change)), digits)
    if not size.strip("0."):
        return "持平" if _chinese() else "no change"
    if _chinese():
        return f"{'低' if change < 0 else '高'} {size} 点"
    return f"{size} pts {'lower' if change < 0 else 'higher'}"


def day(when: date | datetime | None) -> str:
    """A date: 11-18 this year, 2025-03-11 in another; 18 Nov, 11 Mar 2025."""
    return NONE if when is None else _short_date(_local_date(when))


def moment(when: datetime | None) -> str:
    """Date and time: 11-18 16:08, 18 Nov 16:08."""
    if when is None:
        return NONE
    here = localtime(when)
    return f"{_short_date(here)} {_clock_face(here)}"


def long_day(when: date | datetime | None) -> str:
    """A date in a heading: 2026 年 11 月 18 日 周三, Wed 18 Nov 2026."""
    if when is None:
        return NONE
    on = _local_date(when)
    if _chinese():
        return f"{on.year} 年 {on.month} 月 {on.day} 日 {_WEEKDAYS_ZH[on.weekday()]}"
    return f"{_WEEKDAYS_EN[on.weekday()]} {_english_date(on)} {on.year}"


def time_of(when: datetime | None) -> str:
    """The time of day where the reader is: 16:08."""
    return NONE if when is None else _clock_face(localtime(when))


def ago(when: date | datetime | None, now: datetime | None = None) -> str:
    """How far away it is: 今天 10:30, 昨天, 34 天前, 3 天后; put the exact moment into the title."""
    if when is None:
        return NONE
    chinese = _chinese()
    days = _days_until(when, now)
    if abs(days) <= 1:
        word = (_NEAR_ZH if chinese else _NEAR_EN)[days + 1]
        return f"{word} {time_of(when)}" if isinstance(when, datetime) else word
    if chinese:
        return f"{-days} 天前" if days < 0 else f"{days} 天后"
    return f"{-days} days ago" if days < 0 else f"in {days} days"


def overdue(due: date | datetime | None, now: datetime | None = None) -> str:
    """How late it is: 逾期 12 天, within the day 逾期 2 小时; what is still to come as in `ago`."""
    if due is None:
        return NONE
    days = -_days_until(due, now)
    late = (now or clock.now()) - due if isinstance(due, datetime) else timedelta(days)
    if late <= timedelta():
        return ago(due, now)
    if _chinese():
        return f"逾期 {days} 天" if days else f"逾期 {span(late)}"
    return f"{days} {'day' if days == 1 else 'days'} overdue" if days else f"{span(late)} overdue"


def span(length: timedelta | None) -> str:
    """A length of time in its two largest units: 4 天 2 小时, 4 d 2 h."""
    if length is None:
        return NONE
    hours, minutes = divmod(int(abs(length).total_seconds() // 60), 60)
    days, hours = divmod(hours, 24)
    day_, hour, minute = ("天", "小时", "分钟") if _chinese() else ("d", "h", "min")
    if days:
        text = f"{days} {day_} {hours} {hour}" if hours else f"{days} {day_}"
    elif hours:
        text = f"{hours} {hour} {minutes} {minute}" if minutes else f"{hours} {hour}"
    else:
        text = f"{minutes} {minute}"
    return MINUS + text if length <= timedelta(minutes=-1) else text


def duration(seconds: float | None) -> str:
    """How long a piece of work took: 35 毫秒, 1.2 秒, 3 分 20 秒; 35 ms, 1.2 s, 3 min 20 s; from an hour on as in `span`."""
    if seconds is None:
        return NONE
    milli, second, minute = ("毫秒", "秒", "分") if _chinese() else ("ms", "s", "min")
    if seconds < 0.9995:
        return f"{round(seconds * 1000)} {milli}"
    if seconds < 9.95:
        return f"{seconds:.1f} {second}"
    if seconds < 59.5:
        return f"{round(seconds)} {second}"
    whole = round(seconds)
    if whole >= 3600:
        return span(timedelta(seconds=whole))
    return f"{whole // 60} {minute} {whole % 60} {second}" if whole % 60 else f"{whole // 60} {minute}"


def rough_span(length: timedelta | None) -> str:
    """A length of time for a narrow place: in days alone from three days on."""
    if length is None or length < timedelta(3):
        return span(length)
    return span(timedelta(round(length / timedelta(1))))


def phone(e164: str | None, extension: str = "") -> str:
    """A number in groups: 138 1234 7788, in English +86 138 1234 7788; an extension behind it."""
    if not e164:
        return NONE
    text = " ".join(phones.national_groups(e164))
    if _chinese():
        return f"{text} 转 {extension}" if extension else text
    if e164.startswith("+86"):
        text = "+86 " + text.removeprefix("0")
    return f"{text} ext. {extension}" if extension else text


def masked_phone(e164: str | None) -> str:
    """A number with its middle hidden: 138 **** 7788."""
    return phones.mask(e164) if e164 else NONE


def _grouped(value, digits: int) -> str:
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    text = f"{rounded:,}"
    return MINUS + text[1:] if rounded < 0 else text.removeprefix("-")


def _shortened(amount: Decimal, units) -> str:
    """In the largest unit that fits, chosen once more after rounding: 99,999,999 is 1 亿 and not 10,000 万."""
    for _round in range(2):
        fitting = next((unit for unit in units if abs(amount) >= unit[0]), None)
        if fitting is None:
            return _grouped(amount, 2).removesuffix(".00")
        size, name, digits = fitting
        text = _grouped(amount / size, digits)
        amount = Decimal(text.replace(",", "").replace(MINUS, "-")) * size
    return text.rstrip("0").rstrip(".") + name


def _hundredfold(share) -> Decimal:
    """Through the float's short text, so that 0.314 is 31.4 and not 31.39999…"""
    return Decimal(str(share)) * 100


def _local_date(when: date | datetime) -> date:
    return localtime(when).date() if isinstance(when, datetime) else when


def _days_until(when: date | datetime, now: datetime | None) -> int:
    return (_local_date(when) - (_local_date(now) if now else clock.today())).days


def _short_date(on: date) -> str:
    this_year = on.year == clock.today().year
    if _chinese():
        short = f"{on.month:02}-{on.day:02}"
        return short if this_year else f"{on.year}-{short}"
    return _english_date(on) if this_year else f"{_english_date(on)} {on.year}"


def _clock_face(here: datetime) -> str:
    return f"{here.hour:02}:{here.minute:02}"


def _english_date(on: date) -> str:
    return f"{on.day} {_MONTHS_EN[on.month - 1]}"
