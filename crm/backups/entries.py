"""The catalogue of a place: one `backup.json` beside the files of each backup, written last and removed first.

It needs no database, so that a house can be brought back from its backups alone.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime

from crm.backups.refusals import Damaged, refuse

FULL, INCREMENTAL, LOGICAL = "full", "incremental", "logical"
NAME = "backup.json"


@dataclass(frozen=True)
class Part:
    """One file of a backup: bytes and SHA-256 as they lie at the place, sealed or plain."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Entry:
    """One finished backup.

    `based_on` names the backup before it in its chain; `parts` its files by name; `key` the public half of the key that opens
    them. `rows` holds for each table how many rows it had, at least and at most; `samples` hashes of rows: (table, key, MD5).
    `files` is the number of uploaded files, `file_bytes` their size. `timeline` and `start` say from where the log of changes is needed.
    """

    code: str
    kind: str
    started_at: str
    ended_at: str
    based_on: str = ""
    parts: dict[str, Part] = field(default_factory=dict)
    key: str = ""
    server: str = ""
    system: str = ""
    database: str = ""
    user: str = ""
    timeline: int = 1
    start: str = ""
    rows: dict = field(default_factory=dict)
    samples: list = field(default_factory=list)
    files: int = 0
    file_bytes: int = 0
    product: str = ""

    @property
    def size(self) -> int:
        """Bytes at the place."""
        return sum(part.size for part in self.parts.values())

    @property
    def ended(self) -> datetime:
        """When it ended."""
        return datetime.fromisoformat(self.ended_at)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text) -> "Entry":
        values = json.loads(text)
        values["parts"] = {name: Part(**part) for name, part in values["parts"].items()}
        return cls(**values)


def entries(place) -> list[Entry]:
    """The finished backups of a place, the oldest first; one whose description cannot be read is none."""
    return catalogue(place)[0]


def catalogue(place) -> tuple[list[Entry], list[Damaged]]:
    """The finished backups of a place, the oldest first, and a refusal for each one whose description is damaged."""
    names = [name for name in place.names() if name.endswith(f"/{NAME}") and name.count("/") == 1]
    found = {name.partition("/")[0]: parsed(text) for name in names if (text := place.read(name)) is not None}
    good = sorted(filter(None, found.values()), key=lambda entry: (entry.ended_at, entry.code))
    return good, [refuse("entry", name=code, file=NAME) for code, entry in found.items() if entry is None]


def parsed(text) -> Entry | None:
    """The backup that a description speaks of; None where it is damaged."""
    try:
        return Entry.from_json(text)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def entry_of(found, code) -> Entry:
    """The backup of this code; the newest one without a code."""
    if not found:
        raise refuse("no_backup")
    if not code:
        return found[-1]
    for entry in found:
        if entry.code == code:
            return entry
    raise refuse("unknown", name=code)


def chain_of(found, entry) -> list[Entry]:
    """The backups that are needed to use this one, the full one first."""
    known = {one.code: one for one in found}
    chain = [entry]
    while chain[0].based_on:
        before = known.get(chain[0].based_on)
        if before is None:
            raise refuse("missing_increment", name=entry.code, missing=chain[0].based_on)
        chain.insert(0, before)
    return chain
