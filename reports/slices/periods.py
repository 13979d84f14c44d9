"""The time a report speaks of: a month, a quarter, a year, or any days; as text it stands in the address of the page."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from crm.core import clock
from crm.web import formats

DAY = timedelta(1)
LONGEST = timedelta(366 * 5)
MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
_FORMS = {
    "month": re.compile(r"(\d{4})-(0[1-9]|1[0-2])"),
    "quarter": re.compile(r"(\d{4})-Q([1-4])"),
    "year": re.compile(r"(\d{4})"),
    "custom": re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)"),
}


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included; `kind` is month, quarter, year or custom."""

    kind: str
    first: date
    last: date

    @classmethod
    def around(cls, day: date, kind: str = "quarter") -> "Period":
        """The month, quarter or year in which a day lies."""
        months = MONTHS_OF[kind]
        first = month_after(day, -((day.month - 1) % months))
        return cls(kind, first, month_after(first, months) - DAY)

    @classmethod
    def between(cls, first: date, last: date) -> "Period":
        """Any days, in whichever order they were given; five years at most."""
        first, last = min(first, last), max(first, last)
        return cls("custom", first, min(last, first + LONGEST))

    @classmethod
    def read(cls, text: str) -> "Period | None":
        """`2026-07`, `2026-Q3`, `2026` or `2026-07-10..2026-09-12`; None for anything else."""
        for kind, form in _FORMS.items():
            if found := form.fullmatch(text or ""):
                try:
                    return _read(kind, *found.groups())
                except (ValueError, OverflowError):
                    return None
        return None

    def __str__(self):
        if self.kind == "month":
            return f"{self.first:%Y-%m}"
        if self.kind == "quarter":
            return f"{self.first.year}-Q{self.quarter}"
        return str(self.first.year) if self.kind == "year" else f"{self.first}..{self.last}"

    @property
    def quarter(self) -> int:
        """Which quarter of its year it begins in."""
        return (self.first.month + 2) // 3

    @property
    def words(self) -> str:
        """What people call it."""
        year, month = self.first.year, self.first.month
        if self.kind == "month":
            return _("%(month)s/%(year)s") % {"year": year, "month": month}
        if self.kind == "quarter":
            return _("Q%(quarter)s %(year)s") % {"year": year, "quarter": self.quarter}
        if self.kind == "year":
            return _("Year %(year)s") % {"year": year}
        return f"{formats.day(self.first)} – {formats.day(self.last)}"

    @property
    def previous(self) -> "Period":
        """The one before: the month, quarter or year before, or as many days before."""
        if self.kind in MONTHS_OF:
            return Period.around(self.first - DAY, self.kind)
        return Period("custom", self.first - (self.last - self.first) - DAY, self.first - DAY)

    @property
    def following(self) -> "Period":
        """The one after."""
        if self.kind in MONTHS_OF:
            return Period.around(self.last + DAY, self.kind)
        return Period("custom", self.last + DAY, self.last + (self.last - self.first) + DAY)

    def is_running(self, today: date) -> bool:
        """Whether it has begun and not ended."""
        return self.first <= today < self.last

    def at_equal_age(self, today: date) -> "tuple[Period, date]":
        """The period before as it was when it was as old as this one is today: its days so far, and that day."""
        before = self.previous
        seen = before.first + max(today - self.first, timedelta(0))
        return Period(before.kind, before.first, min(before.last, seen)), seen

    def so_far_before(self, today: date) -> "Period":
        """The period before, cut to as many days as this one has had by today; whole once this one has ended."""
        return self.at_equal_age(today)[0] if self.is_running(today) else self.previous

    def months(self) -> list[date]:
        """The first days of the months it touches."""
        found, month = [], self.first.replace(day=1)
        while month <= self.last:
            found.append(month)
            month = month_after(month, 1)
        return found


def month_after(day: date, months: int) -> date:
    """The first day of the month so many months after the one of this day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def split_months(first: date, last: date) -> tuple[list, list]:
    """Days as the whole months in them, none or one pair of first and last day, and the pairs that are left over at the edges."""
    if first > last:
        return [], []
    start = first if first.day == 1 else month_after(first, 1)
    end = last if (last + DAY).day == 1 else last.replace(day=1) - DAY
    if start > end:
        return [], [(first, last)]
    edges = [(first, start - DAY)] if first < start else []
    return [(start, end)], edges + ([(end + DAY, last)] if end < last else [])


def month_words(day: date) -> str:
    """A month as a label: 4 月 or Apr, with its year where it is another one than this."""
    chinese, this_year = (get_language() or "").startswith("zh"), day.year == clock.today().year
    if chinese:
        return f"{day.month} 月" if this_year else f"{day.year} 年 {day.month} 月"
    return date_format(day, "b" if this_year else "b Y").title()


def present(kind: str = "quarter") -> Period:
    """The month, quarter or year we are in."""
    return Period.around(clock.today(), kind)


def _read(kind, *parts):
    if kind == "month":
        return Period.around(date(int(parts[0]), int(parts[1]), 1), "month")
    if kind == "quarter":
        return Period.around(date(int(parts[0]), int(parts[1]) * 3, 1), "quarter")
    if kind == "year":
        return Period.around(date(int(parts[0]), 1, 1), "year")
    return Period.between(*map(date.fromisoformat, parts))
