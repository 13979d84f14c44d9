"""The one clock of the house. Tests and the demo company set it; everything else asks it."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic as _monotonic

from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _set_to.get() or datetime.now(UTC)


def today() -> date:
    """The calendar day it is for the company (settings.TIME_ZONE)."""
    return timezone.localdate(now(), timezone.get_default_timezone())


def moment_on(day: date) -> datetime:
    """The moment that something known only by its day counts from: now for today, else the day's last microsecond.

    So what happened on one day and is known by the minute never comes after what closed that day.
    """
    if day == today():
        return now()
    midnight = datetime.combine(day + timedelta(1), time(), timezone.get_default_timezone())
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def bounds_of(day: date) -> tuple[datetime, datetime]:
    """The first moment of a calendar day of the company, and the first moment of the day after."""
    zone = timezone.get_default_timezone()
    return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(1), time(), zone)


@contextmanager
def at(moment: datetime):
    """Let it be another time inside the block: `with clock.at(datetime(2026, 11, 20, 9, tzinfo=UTC)):`."""
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)


def monotonic() -> float:
    """Seconds that only grow, for measuring how old something kept in memory is."""
    return _monotonic()
