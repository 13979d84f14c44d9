"""Numbers that people read and say aloud: HT-2026-0001. Never given twice; a record that fails may leave a gap."""

from collections import Counter as Count

from django.db import connection
from django.db.models import Q

from crm.core import clock

# One statement takes numbers and holds the series until the transaction ends, so that parallel takers queue here.
TAKE_SQL = """
INSERT INTO activity_counter AS c (name, value) VALUES (%s, %s)
ON CONFLICT (name) DO UPDATE SET value = c.value + excluded.value RETURNING value
"""


def take(prefix, *, on=None):
    """The next number of a series, such as `"HT"`, in the year of the day `on` (today unless said otherwise)."""
    return take_many(prefix, [on or clock.today()])[0]


def take_many(prefix, days):
    """A number for each of these days in their order: one statement for each year."""
    wanted = Count(day.year for day in days)
    following = {year: _first_of(f"{prefix}-{year}", count) for year, count in sorted(wanted.items())}
    numbers = []
    for day in days:
        numbers.append(f"{prefix}-{day.year}-{following[day.year]:04d}")
        following[day.year] += 1
    return numbers


YEARS = 6


def by_number(typed, prefix):
    """Rows whose number begins like this, the letters left out or not; of a few figures, the last ones in recent years."""
    text = typed.strip().upper()
    if text.isdecimal() and len(text) <= 9:
        year = clock.today().year
        return Q(number__in=[f"{prefix}-{year - back}-{int(text):04d}" for back in range(YEARS)])
    return Q(number__startswith=text if text.startswith(prefix) else f"{prefix}-{text}")


def _first_of(series, count):
    with connection.cursor() as cursor:
        cursor.execute(TAKE_SQL, [series, count])
        return cursor.fetchone()[0] - count + 1
