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
    """The language is the folder's name: without it the compiled form would not know its plural rule."""
    with file.open("rb") as source:
        return read_po(source, locale=file.parts[-3], abort_invalid=True)


def compiled(file: Path) -> Path:
    """The compiled form of a catalogue, beside it, made again where the catalogue is newer."""
    target = file.with_suffix(".mo")
    if not target.exists() or target.stat().st_mtime < file.stat().st_mtime:
        with target.open("wb") as out:
            write_mo(out, read(file))
    return target


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


if __name__ == "__main__":
    for catalogue in catalogues():
        compiled(catalogue)
    found = [line for catalogue in catalogues() for line in faults(catalogue)] if "--check" in sys.argv else []
    print("\n".join(found), end="\n" * bool(found))
    sys.exit(bool(found))
