"""The counters of numbers that people read, so that the next one given is free."""

from django.db import connection

COUNT_ON = """
INSERT INTO activity_counter (name, value)
SELECT %(prefix)s || '-' || year, (SELECT coalesce(max(id), 0) FROM {table}) FROM generate_series(2000, 2100) year
ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""


def count_on(prefix, table):
    """Go on after the last row of a table, in every year."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ON.format(table=table), {"prefix": prefix})
