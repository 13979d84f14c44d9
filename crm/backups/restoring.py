"""The way back: a chain of backups becomes one data folder, the log of changes is replayed to a moment, and a server is started on it."""

import shutil
import tarfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg2

from crm.backups import uploads, walog
from crm.backups.checking import fetch, opened
from crm.backups.entries import LOGICAL, Entry, chain_of
from crm.backups.refusals import Damaged, refuse
from crm.backups.scratch import scratch
from crm.backups.taking import DUMP, MANIFEST
from crm.backups.tools import run
from crm.core import clock
from crm.ops.embedded import socket_folder
from crm.ops.postgres import SUPERUSER, Postgres
from crm.ops.service_user import own, service_user
from crm.ops.terminal import Trouble

REPLAY_PATIENCE = 3600  # seconds
LINKS_SINCE = 18
TOO_LATE = "before configured recovery target was reached"
QUIET = {"archive_mode": "off", "summarize_wal": "off", "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


@dataclass
class Revived:
    """A backup that lives again on a server of its own, and the uploaded files beside it."""

    server: Postgres
    database: str
    user: str
    files: Path
    wrong_files: list

    @property
    def url(self) -> str:
        """The address for Django."""
        return f"postgres://{self.user}@{str(self.server.sockets).replace('/', '%2F')}/{self.database}"

    def connect(self):
        """A plain connection, everything in UTC."""
        line = psycopg2.connect(host=str(self.server.sockets), user=self.user, dbname=self.database, options="-c timezone=UTC -c extra_float_digits=1")
        line.autocommit = True
        return line


def pick(found, *, code="", moment: datetime | None = None) -> Entry:
    """The backup to begin with: the one named, else the newest, or for a moment the newest that had ended by then."""
    if moment is None:
        return next((entry for entry in found if entry.code == code), None) or _refuse_code(found, code)
    early = [entry for entry in found if entry.ended <= moment]
    if not found:
        raise refuse("no_backup")
    if moment > clock.now():
        raise refuse("future", time=moment.isoformat())
    if not early:
        raise refuse("too_early", time=moment.isoformat(), first=found[0].ended_at)
    if early[-1].kind == LOGICAL:
        raise refuse("logical_time", time=moment.isoformat(), name=early[-1].code)
    return early[-1]


@contextmanager
def revived(place, found, entry: Entry, *, moment: datetime | None = None, purpose="drill"):
    """The backup, living on a scratch server for as long as the block lasts."""
    with scratch(purpose) as folder:
        data = folder / "postgres"
        wrong = build(place, found, entry, data, folder / "files", moment=moment)
        sockets = socket_folder(folder)
        user = service_user()
        own(user, sockets)
        give(data, user)
        server = Postgres(data, sockets, log=folder / "server.log", user=user, options=QUIET | _own_rules(folder))
        try:
            if entry.kind == LOGICAL:
                yield _from_dump(server, folder, entry, wrong)
            else:
                server.start()
                if moment is not None:
                    wait_for_replay(server, moment)
                yield Revived(server, entry.database, entry.user, folder / "files", wrong)
        except Trouble as trouble:
            if moment is not None and TOO_LATE in str(trouble):
                raise refuse("no_log", time=moment.isoformat()) from trouble
            raise refuse("tool", tool="postgres", words=str(trouble)) from trouble
        finally:
            server.stop()
            shutil.rmtree(sockets, ignore_errors=True)


def build(place, found, entry, data: Path, files: Path, *, moment=None) -> list[str]:
    """Put data folder and uploaded files together; gives the uploaded files that are not what they were. A dump is left beside the data folder."""
    chain = chain_of(found, entry)
    work = data.with_name(data.name + ".parts")
    work.mkdir()
    try:
        archives = []
        for one in chain:
            for name in one.parts:
                (work / one.code).mkdir(exist_ok=True)
                fetch(place, one, name, work / one.code / name)
                opened(one, work / one.code / name)
            archives.append(work / one.code / uploads.ARCHIVE)
        wanted = uploads.read_list((work / entry.code / uploads.LIST).read_bytes())
        wrong = uploads.unpack(archives, wanted, files)
        if entry.kind == LOGICAL:
            (work / entry.code / DUMP).rename(data.with_name(DUMP))
        else:
            _combine(chain, work, data)
            if moment is not None:
                _replay_to(place, found, entry, data, moment)
        return wrong
    finally:
        uploads.forget(work)


def wait_for_replay(server, moment) -> None:
    """Wait until the server has replayed its log and takes writes again."""
    until = time.monotonic() + REPLAY_PATIENCE
    while server.running and time.monotonic() < until:
        with suppress(psycopg2.OperationalError):
            if not _in_recovery(server):
                return
        time.sleep(0.1)
    raise refuse("no_log", time=moment.isoformat())


def _in_recovery(server):
    line = psycopg2.connect(host=str(server.sockets), user=SUPERUSER, dbname="postgres")
    try:
        with line.cursor() as cursor:
            cursor.execute("SELECT pg_is_in_recovery()")
            return cursor.fetchone()[0]
    finally:
        line.close()


def _own_rules(folder):
    """Whoever reaches the socket may come in: its folder belongs to the user of the server alone."""
    rules = folder / "hba.conf"
    rules.write_text("local all all trust\n")
    rules.chmod(0o644)
    return {"hba_file": str(rules)}


def _combine(chain, work, data):
    """One plain data folder out of the archives of a chain; PostgreSQL's own check of each, and of the result."""
    plain = []
    for one in chain:
        folder = work / one.code / "plain"
        folder.mkdir()
        _unpack(work / one.code / "base.tar.gz", folder)
        _unpack(work / one.code / "pg_wal.tar.gz", folder / "pg_wal")
        (work / one.code / MANIFEST).rename(folder / MANIFEST)
        (work / one.code / "base.tar.gz").unlink()
        plain.append(folder)
    try:
        if len(plain) == 1:
            run("pg_verifybackup", "-q", plain[0])
            plain[0].rename(data)
        else:
            # The parts are thrown away, so what is whole in one of them need not be copied once more.
            sparing = ["--link"] if int(chain[-1].server or 0) >= LINKS_SINCE else []
            run("pg_combinebackup", *sparing, *plain, "-o", data, folder=data.parent)
            run("pg_verifybackup", "-q", data)
    except Damaged as failure:
        raise refuse("contents", name=chain[-1].code, words=failure.facts.get("words", failure)) from failure
    data.chmod(0o700)
    # Some distributions keep the settings of a server elsewhere; ours go by the command line.
    (data / "postgresql.conf").touch()


def _unpack(archive, folder):
    folder.mkdir(exist_ok=True)
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")


def _replay_to(place, found, entry, data, moment):
    """Lay the log of changes beside the data, and say to which moment it is to be replayed."""
    log = data.with_name(data.name + ".log")
    log.mkdir()
    walog.fetch(place, entry, log)
    lines = [
        f'restore_command = \'cp "{log}/%f" "%p"\'',
        f"recovery_target_time = '{moment.isoformat()}'",
        "recovery_target_action = 'promote'",
        "recovery_target_timeline = 'current'",
    ]
    with (data / "postgresql.auto.conf").open("a") as conf:
        conf.write("".join(f"{line}\n" for line in lines))
    (data / "recovery.signal").touch()


def _from_dump(server, folder, entry, wrong):
    server.folder.mkdir(exist_ok=True)
    server.folder.rmdir()
    server.initialise(sync=False)
    server.start()
    server.create_database(entry.database)
    words = ["-h", server.sockets, "-U", SUPERUSER, "-d", entry.database, "--no-owner", "--no-privileges", "--exit-on-error"]
    run("pg_restore", *words, folder / DUMP)
    return Revived(server, entry.database, SUPERUSER, folder / "files", wrong)


def give(data: Path, user) -> None:
    """Let the user of the servers own a data folder, and the log beside it."""
    if user is None:
        return
    top = [data, data.with_name(data.name + ".log")]
    for path in [found for one in top if one.exists() for found in (one, *one.rglob("*"))]:
        shutil.chown(path, user.pw_uid, user.pw_gid)


def _refuse_code(found, code):
    if not found:
        raise refuse("no_backup")
    if not code:
        return found[-1]
    raise refuse("unknown", name=code)
