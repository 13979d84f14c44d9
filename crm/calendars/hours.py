"""Working time: what counts as work, and when so much of it will have passed. Pure: no database, no clock."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from crm.calendars.publicdays import DayKind, public_days
from crm.core.errors import Invalid

Period = tuple[time, time]  # local opening and close; a close at 00:00 is the midnight that ends the day
Stretch = tuple[datetime, datetime]  # the same in UTC

MONDAY_TO_FRIDAY = range(5)
OFFICE_HOURS: tuple[Period, ...] = ((time(9), time(12)), (time(13, 30), time(18)))
MIDNIGHT = time(0)
LONGEST_CLOSURE = 366  # days without work after which a calendar is held to be empty


@dataclass(frozen=True, slots=True)
class Exceptional:
    """How one date differs from its weekday; a half day is its first period, unless it says from when to when."""

    kind: str
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that a calendar says, as plain values: weekday (Monday 0) → periods, date → exception."""

    timezone: str = "Asia/Shanghai"
    country: str = "CN"
    week: Mapping[int, tuple[Period, ...]] = field(default_factory=lambda: dict.fromkeys(MONDAY_TO_FRIDAY, OFFICE_HOURS))
    exceptions: Mapping[date, Exceptional] = field(default_factory=dict)


class BusinessTime:
    """Working time by one calendar. Moments are aware; results are in UTC. Lengths are real time, so a day on which
    the clocks change is as long as it is."""

    def __init__(self, snapshot: Snapshot):
        self.snapshot = snapshot
        self.zone = ZoneInfo(snapshot.timezone)
        self._usual = next((snapshot.week[day] for day in sorted(snapshot.week) if snapshot.week[day]), ())
        self._known: dict[date, tuple[Stretch, ...]] = {}

    def is_workday(self, on: date) -> bool:
        """Does anybody work on this date, if only for half a day?"""
        return bool(self.hours_on(on))

    def hours_on(self, on: date) -> tuple[Period, ...]:
        """The working periods of a date in local time: own exceptions come first, then public days, then the week."""
        regular = self.snapshot.week.get(on.weekday(), ())
        exception = self.snapshot.exceptions.get(on) or self._public(on)
        if exception is None:
            return regular
        if exception.kind == DayKind.HOLIDAY:
            return ()
        if exception.period:
            return (exception.period,)
        worked = regular or self._usual
        return worked[:1] if exception.kind == DayKind.HALF else worked

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself during work, else the next opening."""
        moment = moment.astimezone(UTC)
        return max(moment, next(self._onward(moment))[0])

    def add(self, start: datetime, length: timedelta) -> datetime:
        """The moment at which so much working time has passed since the start; a negative length looks back.

        What ends with the day ends at its close, not at the next opening.
        """
        start = start.astimezone(UTC)
        if length < timedelta():
            return self._subtract(start, -length)
        for opening, close in self._onward(start):
            begin = max(start, opening)
            if length <= close - begin:
                return begin + length
            length -= close - begin

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from one moment to another; negative when the end comes first."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        if end < start:
            return -self.between(end, start)
        first, last = self._local_date(start), self._local_date(end)
        worked = timedelta()
        for offset in range((last - first).days + 1):
            for opening, close in self._stretches(first + timedelta(offset)):
                worked += max(min(end, close) - max(start, opening), timedelta())
        return worked

    def add_days(self, start: datetime, days: int) -> datetime:
        """The same time of day so many workdays later: Friday 17:30 and one day is Monday 17:30.

        A start outside work counts from the next opening; where the day found closes earlier, its close is meant.
        """
        begin = self.next_open(start)
        on = self.workday_after(self._local_date(begin), days)
        wanted = self._utc(on, begin.astimezone(self.zone).time())
        close = self._stretches(on)[-1][1]
        return close if wanted >= close else self.next_open(wanted)

    def workday_after(self, on: date, days: int) -> date:
        """The n-th workday after a date."""
        for following in self._workdays(on + timedelta(1)) if days else ():
            days -= 1
            if not days:
                return following
        return on

    def _onward(self, moment: datetime) -> Iterator[Stretch]:
        """The stretches of work that are not over at a moment, in order and without end."""
        for on in self._workdays(self._local_date(moment)):
            yield from (stretch for stretch in self._stretches(on) if stretch[1] > moment)

    def _subtract(self, end: datetime, length: timedelta) -> datetime:
        for on in self._workdays(self._local_date(end), step=-1):
            for opening, close in reversed(self._stretches(on)):
                finish = min(end, close)
                if opening < finish and length <= finish - opening:
                    return finish - length
                length -= max(finish - opening, timedelta())

    def _workdays(self, on: date, step: int = 1) -> Iterator[date]:
        closed = 0
        while closed <= LONGEST_CLOSURE:
            if self.is_workday(on):
                closed = 0
                yield on
            closed += 1
            on += timedelta(step)
        raise Invalid(_("This calendar has no working hours."), code="calendar_empty")

    def _stretches(self, on: date) -> tuple[Stretch, ...]:
        """The working periods of a date in UTC, remembered: long spans ask for the same days again and again."""
        if on not in self._known:
            self._known[on] = tuple((self._utc(on, opening), self._utc(on + timedelta(close == MIDNIGHT), close)) for opening, close in self.hours_on(on))
        return self._known[on]

    def _public(self, on: date) -> Exceptional | None:
        day = public_days(self.snapshot.country, on.year).get(on)
        return day and Exceptional(day.kind)

    def _local_date(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def _utc(self, on: date, at: time) -> datetime:
        return datetime.combine(on, at, self.zone).astimezone(UTC)
