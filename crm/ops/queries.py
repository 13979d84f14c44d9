"""The slowest statements of the database, as its own extension pg_stat_statements counts them."""

from contextlib import suppress
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy as _

EXTENSION = "pg_stat_statements"
MISSING = _("The extension pg_stat_statements is not there: an administrator of the database can add it with CREATE EXTENSION pg_stat_statements.")
NOT_LOADED = _("The server does not load pg_stat_statements: add it to shared_preload_libraries and start the server again.")
LENGTH = 400
SLOWEST_SQL = """
SELECT query, calls, mean_exec_time / 1000, max_exec_time / 1000, total_exec_time / 1000
FROM pg_stat_statements
WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND calls > 0
  AND query ~* '^\\s*(select|insert|update|delete|with)' AND query NOT LIKE '%%pg_stat_statements%%'
ORDER BY mean_exec_time DESC LIMIT %s
"""


@dataclass(frozen=True)
class Statement:
    """A statement without its values: how often it ran, and seconds on average, at most and in all."""

    text: str
    calls: int
    mean: float
    longest: float
    total: float


@dataclass(frozen=True)
class Slowest:
    """The slowest statements, or why they cannot be told."""

    statements: tuple[Statement, ...] = ()
    reason: object = ""


def slowest(limit: int = 10) -> Slowest:
    """What took longest on average since the counts were last set to nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = %s", [EXTENSION])
        if cursor.fetchone() is None:
            return Slowest(reason=MISSING)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(SLOWEST_SQL, [limit])
            return Slowest(tuple(Statement(" ".join(row[0].split())[:LENGTH], *row[1:]) for row in cursor.fetchall()))
    except DatabaseError:
        return Slowest(reason=NOT_LOADED)


def begin_counting() -> None:
    """Add the extension where the server has it and we may; anywhere else the page says what is missing."""
    with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = %s AND installed_version IS NULL", [EXTENSION])
        if cursor.fetchone():
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {EXTENSION}")
