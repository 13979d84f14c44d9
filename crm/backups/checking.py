"""Looking whether a backup is what it says: every file there, every byte as written, the key fits, and PostgreSQL's own check passes."""

from pathlib import Path

from crm.backups import sealing, uploads
from crm.backups.entries import LOGICAL, Entry, chain_of
from crm.backups.refusals import Damaged, refuse
from crm.backups.scratch import scratch
from crm.backups.taking import DUMP, MANIFEST
from crm.backups.tools import run


def check(place, found, entry: Entry) -> list[Damaged]:
    """Everything that is wrong with a backup and those it builds on; nothing when it can be used."""
    try:
        chain = chain_of(found, entry)
    except Damaged as broken:
        return [broken]
    return [problem for one in chain for problem in check_one(place, one)]


def check_one(place, entry: Entry) -> list[Damaged]:
    """What is wrong with one backup by itself."""
    with scratch("check") as folder:
        problems, good = [], []
        for name in entry.parts:
            try:
                fetch(place, entry, name, folder / name)
                good.append(name)
            except Damaged as problem:
                problems.append(problem)
        if problems:
            return problems
        try:
            for name in good:
                opened(entry, folder / name)
            _by_postgres(entry, folder)
        except Damaged as problem:
            return [problem]
        return []


def fetch(place, entry, name, target: Path) -> None:
    """Get one file of a backup, and refuse it when it is not what was written."""
    size, part = place.size(f"{entry.code}/{name}"), entry.parts[name]
    if size is None:
        raise refuse("missing_part", name=entry.code, part=name)
    if size != part.size:
        raise refuse("size", name=entry.code, part=name, found=size, told=part.size)
    place.get(f"{entry.code}/{name}", target)
    if uploads.sha256(target) != part.sha256:
        raise refuse("hash", name=entry.code, part=name)


def opened(entry, path: Path) -> Path:
    """The plain form of a fetched file, in place of the sealed one."""
    if path.suffix != sealing.SUFFIX:
        return path
    plain = path.with_suffix("")
    sealing.present_key().open(path, plain, name=entry.code, written_for=entry.key)
    path.unlink()
    return plain


def _by_postgres(entry, folder):
    try:
        if entry.kind == LOGICAL:
            run("pg_restore", "-f", "/dev/null", folder / DUMP)
        else:
            names = (MANIFEST, "base.tar.gz", "pg_wal.tar.gz")
            only = folder / "only"
            only.mkdir()
            for name in names:
                (folder / name).rename(only / name)
            # Of the log PostgreSQL reads no archives; the drill replays it.
            run("pg_verifybackup", "-n", "-q", only)
    except Damaged as failure:
        raise refuse("contents", name=entry.code, words=failure.facts.get("words", failure)) from failure
