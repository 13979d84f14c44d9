"""What the house keeps: the database with its largest tables, the files, and the room that is left on the disk."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from redis.exceptions import RedisError

from crm.ops.glances import ATTENTION, BAD, OK, asked_once

GIGABYTE = 2**30
# Free room below which somebody should look, and below which the house may stop within days: bytes, share of the disk.
LOW, VERY_LOW = (5 * GIGABYTE, 0.10), (GIGABYTE, 0.03)
FILES_KEPT = 600  # seconds that the size of the files counts as known: a walk through all of them is not for every look
TABLES_SQL = """
SELECT c.relname, pg_total_relation_size(c.oid), pg_indexes_size(c.oid), greatest(c.reltuples, 0)::bigint
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'm') AND n.nspname = 'public' ORDER BY 2 DESC LIMIT %s
"""


@dataclass(frozen=True)
class Table:
    """A table: bytes with its indexes, bytes of the indexes alone, and about how many rows."""

    name: str
    size: int
    indexes: int
    rows: int


@dataclass(frozen=True)
class Room:
    """The disk under the data folder, in bytes."""

    total: int
    free: int

    @property
    def tone(self) -> str:
        """How urgent it is to make room."""
        if self._below(VERY_LOW):
            return BAD
        return ATTENTION if self._below(LOW) else OK

    def _below(self, mark):
        return self.free < mark[0] or self.free < mark[1] * self.total


@asked_once
def room() -> Room:
    """The disk that the data folder lies on."""
    found = shutil.disk_usage(settings.DATA_DIR)
    return Room(found.total, found.free)


@asked_once
def database() -> int:
    """The size of the database in bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0]


def tables(limit: int = 10) -> list[Table]:
    """The largest tables."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES_SQL, [limit])
        return [Table(*row) for row in cursor.fetchall()]


@asked_once
def files() -> tuple[int, int]:
    """How many files the house keeps and their bytes, as of some minutes ago."""
    known = None
    with suppress(RedisError):
        known = cache.get("ops:files")
    if known is None:
        known = weigh(Path(settings.MEDIA_ROOT))
        with suppress(RedisError):
            cache.set("ops:files", known, FILES_KEPT)
    return tuple(known)


def weigh(folder: Path) -> tuple[int, int]:
    """Number and bytes of the files in a folder and all below it; what vanishes meanwhile is not counted."""
    number = size = 0
    for place, _folders, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                size += (Path(place) / name).lstat().st_size
                number += 1
    return number, size
