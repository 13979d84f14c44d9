"""Which moment a page or a program asks for."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from crm.core import clock
from crm.core.errors import Invalid
from customers.past.reading import before_event


def moment_of(query, company) -> datetime:
    """The moment of `at` (a day, or day and time; by the clock of the house unless it names a zone), or just before the event `before`.

    Without either it is yesterday, or the beginning of a younger company.
    """
    if event := query.get("before"):
        found = before_event(int(event), company) if event.isdecimal() and len(event) < 19 else None
        if found is None:
            raise Invalid(_("There is no such event."), field="before", code="no_such_event")
        return found
    if not (text := query.get("at", "")):
        return max(clock.now() - timedelta(days=1), company.created_at)
    return _parsed(text)


def _parsed(text):
    try:
        found = parse_datetime(text)
        day = None if found else parse_date(text)
    except ValueError:
        found = day = None
    if day:
        # The whole of that day has happened.
        found = clock.bounds_of(day)[1] - timedelta(microseconds=1)
    if found is None:
        raise Invalid(_("Give a day or a time, such as 2026-11-20T09:00."), field="at", code="no_moment")
    return found if timezone.is_aware(found) else timezone.make_aware(found)
