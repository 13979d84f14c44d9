"""Taking a backup: copied by PostgreSQL's own programs into a draft, sealed, put where it belongs, and only then in the catalogue."""

import errno
import fcntl
import json
import os
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from crm import __version__
from crm.backups import keeping, sealing, uploads
from crm.backups.entries import FULL, INCREMENTAL, LOGICAL, NAME, Entry, Part, chain_of, entries
from crm.backups.places import places
from crm.backups.refusals import Damaged, refuse
from crm.backups.tools import run, server
from crm.backups.witness import Witness
from crm.backups.wording import finding
from crm.core import clock

MANIFEST, DUMP = "backup_manifest", "database.dump"
# What tells nothing of customers stays readable, so that the next increment is made without the secret half of the key.
PLAIN = (MANIFEST, uploads.LIST)


@contextmanager
def alone():
    """Hold the folder of backups; the kernel lets go of it even after `kill -9`. Drafts of interrupted runs are removed."""
    home = Path(settings.BACKUP_FOLDER)
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (home / ".lock").open("a+") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held.seek(0)
                raise refuse("busy", pid=held.read() or "?") from None
            held.truncate(0)
            held.write(str(os.getpid()))
            held.flush()
            for left in home.glob(".draft-*"):
                uploads.forget(left)
            yield home
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise refuse("no_space", folder=home) from error
        raise


def take(kind: str, tell=lambda done, total, note: None) -> tuple[Entry, dict]:
    """Take a backup of this kind and put it into every place; the entry, and as a finding why it is of another kind if it is.

    `tell` hears how far it is. Whatever goes wrong is a refusal, and nothing of the attempt can be taken for a backup.
    """
    with alone() as home:
        every = places()
        held = [(place, entries(place)) for place in every]
        if any(found for _place, found in held):
            sealing.present_key()  # a lost one is missed here: a new one would seal what nobody can open together with what is there
        for place, found in held:
            keeping.sweep(place, found)
        base, kind, note = _base(kind, held)
        moment = clock.now()
        code = f"{moment:%Y%m%d-%H%M%S}-{kind}"
        draft = home / f".draft-{code}"
        try:
            draft.mkdir(mode=0o700)
            tell(0, 4, _("Copying the database"))
            entry = Entry(code, kind, moment.isoformat(), "", based_on=base.code if base else "", product=__version__)
            try:
                entry = _copy(entry, draft, base, every)
            except Damaged as failure:
                if kind != INCREMENTAL or failure.code == "no_space":
                    raise
                # After a restore, or when the server has forgotten what changed, nothing can be built on the one before.
                uploads.forget(draft)
                draft.mkdir(mode=0o700)
                base, note = None, finding("not_based")
                entry = _copy(replace(entry, kind=FULL, code=f"{moment:%Y%m%d-%H%M%S}-{FULL}", based_on=""), draft, None, every)
            tell(1, 4, _("Copying the uploaded files"))
            entry = _uploads(entry, draft, base, every)
            tell(2, 4, _("Sealing"))
            entry = _sealed(entry, draft)
            tell(3, 4, _("Putting it in its place"))
            _deliver(entry, draft, every)
            return entry, note
        finally:
            uploads.forget(draft)


def _base(kind, held):
    """On what an incremental backup builds: the newest whose whole chain is in every place. Without one it becomes a full one."""
    if not server().copies:
        return None, LOGICAL, {} if kind == LOGICAL else finding("dump_only")
    if kind != INCREMENTAL:
        return None, kind, {}
    system, public = _system(), sealing.key().public
    for entry in reversed(held[0][1]):
        if entry.system == system and entry.key == public and all(_has_chain(place, found, entry) for place, found in held):
            return entry, INCREMENTAL, {}
    return None, FULL, finding("no_base")


def _has_chain(place, found, entry):
    """Whether a place has a backup and all it builds on, every file as long as it was."""
    try:
        chain = chain_of(found, entry)
    except Damaged:
        return False
    return all(place.size(f"{one.code}/{name}") == part.size for one in chain for name, part in one.parts.items())


def _system():
    """The number by which this cluster knows itself, and its copies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT system_identifier::text FROM pg_control_system()")
        return cursor.fetchone()[0]


def _copy(entry, draft, base, every):
    """The database, and what it must hold."""
    known, seen = server(), Witness.begin()
    if entry.kind == LOGICAL:
        words = ["-d", known.database, "-Fc", "-Z", "gzip:1", "--no-owner", "--no-privileges", "-f", draft / DUMP]
        run("pg_dump", *known.words, *words, environment=known.environment, folder=draft)
        more = {}
    else:
        words = ["-D", draft / "base", "-Ft", "--compress=client-gzip:1", "-X", "stream", "-c", "fast"]
        if base:
            manifest = every[0].read(f"{base.code}/{MANIFEST}")
            (draft / "before").write_bytes(manifest)
            words.append(f"--incremental={draft / 'before'}")
        run("pg_basebackup", *known.words, *words, environment=known.environment, folder=draft)
        (draft / "before").unlink(missing_ok=True)
        for path in (draft / "base").iterdir():
            path.rename(draft / path.name)
        (draft / "base").rmdir()
        logged = json.loads((draft / MANIFEST).read_text())["WAL-Ranges"][0]
        more = {"system": _system(), "timeline": logged["Timeline"], "start": logged["Start-LSN"]}
    rows, samples = seen.end()
    return replace(entry, server=str(known.version), database=known.database, user=known.user, rows=rows, samples=samples, **more)


def _uploads(entry, draft, base, every):
    before = uploads.read_list(every[0].read(f"{base.code}/{uploads.LIST}")) if base else {}
    found = uploads.write(Path(settings.MEDIA_ROOT), draft, before)
    return replace(entry, files=len(found), file_bytes=sum(one["size"] for one in found.values()))


def _sealed(entry, draft):
    """Every file but the plain ones in its sealed form; sizes and hashes are those of what lies at the place."""
    key = sealing.key()
    for path in sorted(draft.iterdir()):
        if path.name not in PLAIN:
            key.seal(path, path.with_name(path.name + sealing.SUFFIX))
            path.unlink()
    parts = {path.name: Part(path.stat().st_size, uploads.sha256(path)) for path in sorted(draft.iterdir())}
    return replace(entry, parts=parts, key=key.public, ended_at=clock.now().isoformat())


def _deliver(entry, draft, every):
    """Put it into every place, the entry last; where one place fails, nothing of it stays there, and the others keep theirs."""
    (draft / NAME).write_text(entry.to_json(), encoding="utf-8")
    failures = []
    for place in every:
        try:
            for name in entry.parts:
                place.put(draft / name, f"{entry.code}/{name}")
            place.put(draft / NAME, f"{entry.code}/{NAME}")
            keeping.prune(place, entries(place))
        except Damaged as failure:
            failures.append(failure)
            _undo(place, entry)
    if failures:
        raise failures[0]


def _undo(place, entry):
    try:
        for name in (NAME, *entry.parts):
            place.remove(f"{entry.code}/{name}")
    except (Damaged, OSError):
        return  # a place that does not answer is swept before the next run
