"""New folders take the place of old ones, all of them or none: what a killed run did half of is taken back.

A note beside the folders says what is being moved for as long as it is. Plain standard library.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path

NOTE = "swap.json"


def swap(top: Path, pairs: Sequence[tuple[Path, Path]], stamp: str) -> dict[str, str]:
    """Put each new folder where the old one is, for pairs (old, new); what was there stays beside it, by name and path."""
    moves = [(old, new, old.with_name(f"{old.name}.before-{stamp}")) for old, new in pairs]
    _write(top / NOTE, [[*map(str, move), move[0].exists()] for move in moves])
    before = {}
    for old, new, kept in moves:
        if old.exists():
            old.rename(kept)
            before[old.name] = str(kept)
        new.rename(old)
    (top / NOTE).unlink()
    return before


def take_back(top: Path) -> bool:
    """Undo what a killed run did of a swap: everything old is where it was; true when there was something to undo."""
    note = top / NOTE
    if not note.exists():
        return False
    for *paths, was_there in json.loads(note.read_text()):
        old, new, kept = map(Path, paths)
        # Where something was, the new one is in its place only if that lies beside; where nothing was, if it is not where it came from.
        if old.exists() and (kept.exists() if was_there else not new.exists()):
            old.rename(new)
        if kept.exists():
            kept.rename(old)
    note.unlink()
    return True


def _write(note, moves):
    draft = note.with_name(f".{note.name}")
    with draft.open("w") as out:
        json.dump(moves, out)
        out.flush()
        os.fsync(out.fileno())
    draft.rename(note)
