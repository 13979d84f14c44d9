"""The log of changes between two backups: PostgreSQL lays each finished piece into a spool, from where it is sealed and kept.

With it a backup is replayed to any moment. A piece is finished after 16 MB, or after a quarter of an hour with changes.
"""

import gzip
import re
import shutil
from pathlib import Path

from django.conf import settings

from crm.backups import keeping, sealing
from crm.backups.checking import opened
from crm.backups.entries import LOGICAL, Entry, entries
from crm.backups.places import places
from crm.backups.scratch import scratch

FOLDER = "wal"
PIECE = re.compile(r"[0-9A-F]{24}|[0-9A-F]{8}\.history")
BYTES = 16 * 2**20


def ship() -> int:
    """Seal the finished pieces and put them into every place; how many. Before the first backup they are of no use."""
    spool, every = Path(settings.WAL_SPOOL), places()
    waiting = sorted(path for path in spool.iterdir() if PIECE.fullmatch(path.name)) if spool.is_dir() else []
    is_useful = bool(waiting) and any(entry.kind != LOGICAL for entry in entries(every[0]))
    for path in waiting:
        if is_useful:
            with scratch("wal") as folder:
                packed = folder / f"{path.name}.gz"
                with path.open("rb") as plain, gzip.open(packed, "wb", compresslevel=1) as out:
                    shutil.copyfileobj(plain, out, 2**20)
                sealed = packed.with_name(packed.name + sealing.SUFFIX)
                sealing.present_key().seal(packed, sealed)
                for place in every:
                    place.put(sealed, f"{FOLDER}/{sealed.name}")
        path.unlink()
    return len(waiting) if is_useful else 0


def fetch(place, entry: Entry, target: Path) -> None:
    """Get all pieces from the beginning of a backup on, plain, into a folder."""
    first = first_piece(entry)
    for name in place.names(FOLDER):
        piece = name.removeprefix(f"{FOLDER}/").partition(".gz")[0]
        if piece.endswith(".history") or piece[8:] >= first[8:]:
            sealed = target / name.removeprefix(f"{FOLDER}/")
            place.get(name, sealed)
            packed = opened(entry, sealed)
            with gzip.open(packed) as source, (target / piece).open("wb") as out:
                shutil.copyfileobj(source, out, 2**20)
            packed.unlink()


def first_piece(entry: Entry) -> str:
    """The name of the piece in which a backup began: timeline, and the position cut into pieces of 16 MB."""
    high, low = (int(part, 16) for part in entry.start.split("/"))
    return f"{entry.timeline:08X}{high:08X}{low // BYTES:08X}"


def oldest_waiting():
    """When the oldest piece that was not yet put away was finished, as seconds since 1970; None when none waits."""
    spool = Path(settings.WAL_SPOOL)
    found = [path.stat().st_mtime for path in spool.iterdir() if PIECE.fullmatch(path.name)] if spool.is_dir() else []
    return min(found, default=None)


def forget() -> None:
    """Take away the pieces that are older than every backup of the last two weeks: they lead nowhere."""
    for place in places():
        _forget(place, entries(place))


def _forget(place, found):
    days = sorted((entry for entry in found if entry.start), key=lambda entry: entry.ended)[-keeping.DAYS :]
    if not days:
        return
    first = min(first_piece(entry)[8:] for entry in days)
    for name in place.names(FOLDER):
        piece = name.removeprefix(f"{FOLDER}/").partition(".gz")[0]
        if not piece.endswith(".history") and piece[8:] < first:
            place.remove(name)
