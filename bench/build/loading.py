"""Loading a table fast: without triggers and indexes, which come back afterwards."""

import time
from contextlib import contextmanager

from django.db import connection

INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
 WHERE tablename = ANY(%s) AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u', 'x'))
"""


class Run:
    """Executes the statements of the nouns with the values they share, and says how many rows each made."""

    def __init__(self, values, say):
        self.values, self.say = values, say

    def __call__(self, what, sql, **more):
        started = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(sql, self.values | more)
            if cursor.rowcount >= 0:
                self.say(f"  {cursor.rowcount:,} {what}  {time.perf_counter() - started:.1f} s")


@contextmanager
def without_indexes(tables, say):
    """Inside the block the tables have no triggers and only the indexes of their keys."""
    with connection.cursor() as cursor:
        cursor.execute(INDEXES, [list(tables)])
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        _triggers(cursor, tables, "DISABLE")
        yield
        _triggers(cursor, tables, "ENABLE")
        started = time.perf_counter()
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _name, definition in indexes:
            cursor.execute(definition)
        say(f"  {len(indexes)} indexes  {time.perf_counter() - started:.1f} s")


def settle(tables, say):
    """Let the sequences go on after the last row, and the planner know what is there."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute("SELECT 1 FROM information_schema.columns WHERE table_name = %s AND column_name = 'id'", [table])
            if cursor.fetchone():
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT coalesce(max(id), 1) FROM {table}))")
    vacuum((), say)


def vacuum(tables, say):
    """Vacuum and analyze these tables; all when none is named."""
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {', '.join(tables)}")
    say(f"  vacuum and statistics  {time.perf_counter() - started:.1f} s")


def _triggers(cursor, tables, what):
    for table in tables:
        cursor.execute(f'ALTER TABLE "{table}" {what} TRIGGER ALL')
