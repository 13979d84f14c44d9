"""What a backup must hold: the rows of every table and hashes of some, noted from the living database beside the copying.

People go on working meanwhile. So rows are counted before and after, and what was written in between widens the count:
a table that nobody wrote to must come back with exactly its rows, another one with a number that its writers explain.
"""

import random
import time
from dataclasses import dataclass, field

from django.db import connection, transaction

SAMPLES, PER_TABLE = 100, 5
# PostgreSQL tells what a session wrote at the latest ten seconds after it did.
TELLS_WITHIN = 11
TABLES = """
SELECT c.relname, (SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
                   WHERE i.indrelid = c.oid AND i.indisprimary AND i.indnkeyatts = 1 AND a.atttypid IN ('int8'::regtype, 'int4'::regtype))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1
"""
# One who leaves has told everything; so without anybody else there is nothing to wait for.
OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
WRITTEN = "SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables WHERE schemaname = 'public'"


@dataclass
class Witness:
    """What was seen before the copying began; `end` looks again and gives rows and samples."""

    counts: dict = field(default_factory=dict)
    written: dict = field(default_factory=dict)
    samples: list = field(default_factory=list)

    @classmethod
    def begin(cls) -> "Witness":
        """Count every table and hash some rows."""
        _tell()
        with transaction.atomic(), connection.cursor() as cursor:
            _prepare(cursor)
            tables = tables_of(cursor)
            seen = cls(counts_of(cursor, tables), _written(cursor))
            largest = sorted((name for name, key in tables.items() if key and seen.counts[name]), key=seen.counts.get, reverse=True)
            for name in largest[: SAMPLES // PER_TABLE]:
                seen.samples += _samples(cursor, name, tables[name])
            return seen

    def end(self) -> tuple[dict, list]:
        """For each table the least and the most rows of the copy; and the samples that did not change meanwhile."""
        with connection.cursor() as cursor:
            cursor.execute(OTHERS)
            if cursor.fetchone()[0]:
                time.sleep(TELLS_WITHIN)
        _tell()
        with transaction.atomic(), connection.cursor() as cursor:
            _prepare(cursor)
            tables = tables_of(cursor)
            counts, written = counts_of(cursor, tables), _written(cursor)
            samples = [one for one in self.samples if hash_of(cursor, one[0], tables.get(one[0]), one[1]) == one[2]]
            return {name: self._range(name, counts[name], written) for name in counts if name in self.counts}, samples

    def _range(self, name, after, written):
        before = self.counts[name]
        added, _changed, removed = (now - then for now, then in zip(written.get(name, (0, 0, 0)), self.written.get(name, (0, 0, 0)), strict=True))
        return [max(min(before, after) - max(removed, 0), 0), max(before, after) + max(added, 0)]


def tables_of(cursor) -> dict:
    """The tables and the column of their whole-number key, None without one."""
    cursor.execute(TABLES)
    return dict(cursor.fetchall())


def counts_of(cursor, tables) -> dict:
    """The rows of each table. The names come from the catalogue of the database."""
    found = {}
    for name in tables:
        cursor.execute(f'SELECT count(*) FROM public."{name}"')  # noqa: S608
        found[name] = cursor.fetchone()[0]
    return found


def hash_of(cursor, name, key, number) -> str | None:
    """The MD5 of a row as text, None where there is no such row."""
    if key is None:
        return None
    cursor.execute(f'SELECT md5(kept::text) FROM public."{name}" AS kept WHERE "{key}" = %s', [number])  # noqa: S608
    row = cursor.fetchone()
    return row[0] if row else None


def _samples(cursor, name, key):
    cursor.execute(f'SELECT min("{key}"), max("{key}") FROM public."{name}"')  # noqa: S608
    low, high = cursor.fetchone()
    found = {}
    for _try in range(PER_TABLE):
        # Any row from a random key on: no row is out of reach, and no table is read whole.
        sql = f'SELECT "{key}", md5(kept::text) FROM public."{name}" AS kept WHERE "{key}" >= %s ORDER BY "{key}" LIMIT 1'  # noqa: S608
        cursor.execute(sql, [random.randint(low, high)])  # noqa: S311
        if row := cursor.fetchone():
            found[row[0]] = row[1]
    return [[name, number, text] for number, text in found.items()]


def _prepare(cursor):
    # Texts of rows depend on these; the drill sets the same.
    cursor.execute("SET LOCAL TimeZone = 'UTC'; SET LOCAL statement_timeout = 0; SET LOCAL extra_float_digits = 1")


def _tell():
    """Let this session tell what it wrote so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")


def _written(cursor):
    cursor.execute("SELECT pg_stat_clear_snapshot()")
    cursor.execute(WRITTEN)
    return {name: numbers for name, *numbers in cursor.fetchall()}
