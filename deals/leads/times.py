"""When to contact somebody again: the few times that are one press away, on working days only."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.core import clock
from interactions.followups import weekdays
from interactions.followups.weekdays import MORNING

AFTERNOON = time(16, 30)
FRIDAY, MONDAY = 4, 0


@dataclass(frozen=True)
class Choice:
    """One of the times: its code in the form, its words, the moment it means, and the key that presses it."""

    code: str
    label: str
    moment: datetime
    key: str = ""


def choices() -> list[Choice]:
    """Those that still lie ahead: this afternoon, the next working day, Friday, the next Monday; none twice."""
    today = clock.today()
    tomorrow = weekdays.workday(today + timedelta(1))
    near = _("Tomorrow 10:00") if tomorrow == today + timedelta(1) else _("%(day)s 10:00") % {"day": weekdays.short(tomorrow)}
    friday = weekdays.workday(_coming(today, FRIDAY))
    monday = weekdays.workday(_coming(today, MONDAY))
    found = [
        Choice("today", _("Today 16:30"), _at(today, AFTERNOON), "T"),
        Choice("tomorrow", near, _at(tomorrow, MORNING), "M"),
        Choice("friday", _("%(day)s 10:00") % {"day": weekdays.short(friday)}, _at(friday, MORNING)),
        Choice("monday", _("Next Monday") if monday.weekday() == MONDAY else _("%(day)s 10:00") % {"day": weekdays.short(monday)}, _at(monday, MORNING)),
    ]
    return _distinct(one for one in found if one.moment > clock.now())


def moment_of(code) -> datetime | None:
    """The moment behind a code of the form; None for none."""
    return next((one.moment for one in choices() if one.code == code), None)


def _coming(today, weekday) -> date:
    """The next such weekday, never today."""
    return today + timedelta((weekday - today.weekday() - 1) % 7 + 1)


def _at(day, clock_face) -> datetime:
    return datetime.combine(day, clock_face, timezone.get_default_timezone())


def _distinct(found):
    seen = {}
    for one in found:
        seen.setdefault(one.moment, one)
    return list(seen.values())
