"""Compiles the translations without gettext's tools, which a bare machine lacks: `python -m crm.ops.catalogues [--check]`."""

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[2] / "locale"
PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[a-z0-9.]*[sdfi]|\{[a-z_0-9.:]*\}", re.IGNORECASE)


def catalogues() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def read(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, abort_invalid=True)


def compile_changed() -> int:
    """Compile each catalogue that is newer than its compiled form; the number of those."""
    changed = [file for file in catalogues() if _is_stale(file, file.with_suffix(".mo"))]
    for file in changed:
        with file.with_suffix(".mo").open("wb") as out:
            write_mo(out, read(file))
    return len(changed)


def faults(file: Path) -> list[str]:
    """What a reader would see in the wrong language, or not at all: one line each."""
    return [f"{file}:{m.lineno}: {fault}: {m.id!r}" for m in read(file) if m.id for fault in _faults_of(m)]


def _faults_of(message: Message) -> list[str]:
    sources = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    if not all(strings):
        return ["not translated"]
    if message.fuzzy:
        return ["marked fuzzy"]
    wanted = set(PLACEHOLDER.findall(sources[-1]))
    return ["placeholders differ"] * any(set(PLACEHOLDER.findall(string)) != wanted for string in strings)


def _is_stale(source: Path, compiled: Path) -> bool:
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


if __name__ == "__main__":
    compile_changed()
    found = [line for file in catalogues() for line in faults(file)] if "--check" in sys.argv else []
    print("\n".join(found), end="\n" * bool(found))
    sys.exit(bool(found))
