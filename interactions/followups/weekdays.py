"""The days of the week in their short form, and those on which somebody works."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import pgettext

from crm.calendars.services import business_time
from crm.core import clock

MORNING = time(10)


def short(day) -> str:
    """周二, Tue: of a date or a moment in the company's time."""
    names = (
        pgettext("weekday", "Mon"), pgettext("weekday", "Tue"), pgettext("weekday", "Wed"), pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"), pgettext("weekday", "Sat"), pgettext("weekday", "Sun"),
    )  # fmt: skip
    return names[day.weekday()]


def workday(day: date) -> date:
    """The day itself, or the first one after it on which somebody works."""
    works = business_time().is_workday
    return next((on for on in (day + timedelta(n) for n in range(30)) if works(on)), day)


def next_morning() -> datetime:
    """Ten o'clock on the next working day: when a next step is due for which nobody named a time."""
    return datetime.combine(workday(clock.today() + timedelta(1)), MORNING, timezone.get_default_timezone())
