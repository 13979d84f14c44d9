"""Bringing a backup back for good: in place of the house's own database, or beside it as a new one."""

import os
import shutil
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from psycopg2.sql import SQL, Identifier

from crm.backups import walog
from crm.backups.refusals import refuse
from crm.backups.restoring import build, give, pick, revived, wait_for_replay
from crm.backups.scratch import scratch, stop_server
from crm.backups.taking import alone
from crm.backups.tools import run, server
from crm.core import clock
from crm.ops.embedded import Services, urls
from crm.ops.postgres import Postgres
from crm.ops.processes import is_ours, read_pid
from crm.ops.running import RunningLock
from crm.ops.swapping import swap, take_back
from crm.ops.terminal import Trouble

SPOOLED_WITHIN = 60  # seconds; a piece that is shipped by somebody else meanwhile lies there no more
# The new database has its name when all is in it, and this behind it until then.
DRAFT = ".restoring"


def into_new(place, found, name, *, code="", moment=None) -> dict:
    """Make a new database on the present server that holds what the backup held; its uploaded files lie beside."""
    began, entry = clock.monotonic(), pick(found, code=code, moment=moment)
    files = _beside(name) / "files"
    if moment is not None:
        _put_the_log_away()
    with _claimed(name), revived(place, found, entry, moment=moment, purpose="restore") as alive:
        _refuse_wrong(entry, alive.wrong_files)
        _fill(alive, name + DRAFT)
        shutil.rmtree(files, ignore_errors=True)
        files.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(alive.files, files)
        with connection.cursor() as cursor:
            cursor.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(name + DRAFT), Identifier(name)))
    return {"backup": entry.code, "database": name, "files": str(files), "seconds": round(clock.monotonic() - began, 1)}


def _put_the_log_away():
    """What has changed up to now is in the log that is kept, also what lies in a piece that is not full yet; of our own server alone."""
    if urls(settings.DATA_DIR)[0] != settings.DATABASE_URL:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_walfile_name(pg_switch_wal())")
        spooled = Path(settings.WAL_SPOOL) / cursor.fetchone()[0]
    until = clock.monotonic() + SPOOLED_WITHIN
    while not spooled.exists() and clock.monotonic() < until:
        time.sleep(0.1)
    with alone():
        walog.ship()


def forget(name) -> dict:
    """Remove a database that was brought back beside the house's own, and its uploaded files."""
    folder, known = _beside(name), server()
    if not folder.is_dir():
        raise refuse("not_restored", name=name)
    run("dropdb", *known.words, "--if-exists", "--force", name, environment=known.environment)
    shutil.rmtree(folder)
    return {"database": name, "files": str(folder / "files")}


def _beside(name):
    """The folder of a database that was brought back; never one outside of where such folders lie."""
    if not name.strip() or name.startswith(".") or "/" in name:
        raise refuse("bad_name", name=name)
    return Path(settings.BACKUP_FOLDER).parent / "restored" / name


@contextmanager
def _claimed(name):
    """See that the name is free, and that nobody else fills a database of this name meanwhile."""
    lock = [f"restore {name}"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", lock)
        if not cursor.fetchone()[0]:
            raise refuse("busy", pid="?")
        try:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone():
                raise refuse("exists", name=name)
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", lock)


def _fill(alive, draft):
    """Carry the tables over into a database that has its own name only when they are all there."""
    known, there = server(), ["-h", alive.server.sockets, "-U", alive.user]
    together = ("-j", os.cpu_count() or 1)
    # One that was killed over it left a half.
    drop = ("dropdb", *known.words, "--if-exists", "--force", draft)
    run(*drop, environment=known.environment)
    with scratch("dump") as folder:
        # Light compression: the tables lie twice already while they are carried over.
        words = ["-d", alive.database, "-Fd", *together, "-Z", "gzip:1", "--no-owner", "--no-privileges", "-f", folder / "dump"]
        run("pg_dump", *there, *words, folder=folder)
        run("createdb", *known.words, "-T", "template0", draft, environment=known.environment)
        try:
            words = ["-d", draft, *together, "--no-owner", "--no-privileges", "--exit-on-error", folder / "dump"]
            run("pg_restore", *known.words, *words, environment=known.environment)
        except BaseException:
            run(*drop, environment=known.environment)
            raise


def in_place(place, found, *, code="", moment=None) -> dict:
    """Put the backup where the house's own database and files are; what was there stays beside it under another name."""
    if urls(settings.DATA_DIR)[0] != settings.DATABASE_URL:
        raise refuse("not_ours")
    began, entry = clock.monotonic(), pick(found, code=code, moment=moment)
    with alone(), _stopped():
        services = Services(settings.DATA_DIR)
        home, files = services.postgres.folder, Path(settings.MEDIA_ROOT)
        fresh, fresh_files = home.with_name("postgres.restored"), files.with_name("files.restored")
        stop_server(fresh)
        for left in (fresh, fresh_files, home.with_name("postgres.restored.log"), home.with_name("postgres.restored.parts")):
            shutil.rmtree(left, ignore_errors=True)
        wrong = build(place, found, entry, fresh, fresh_files, moment=moment)
        give(fresh, services.user)
        if moment is not None:
            _replay(fresh, services, moment)
        _refuse_wrong(entry, wrong)
        before = swap(Path(settings.DATA_DIR), [(home, fresh), (files, fresh_files)], f"{clock.now():%Y%m%d-%H%M%S}")
        shutil.rmtree(home.with_name("postgres.restored.log"), ignore_errors=True)
    return {"backup": entry.code, "before": before, "seconds": round(clock.monotonic() - began, 1)}


def _replay(folder, services, moment):
    """Let the server replay the log to the moment, and stop it again."""
    again = Postgres(folder, services.sockets, log=services.data_dir / "log/restore.log", user=services.user, options={"archive_mode": "off"})
    try:
        again.start()
        wait_for_replay(again, moment)
    except Trouble as trouble:
        raise refuse("no_log", time=moment.isoformat()) from trouble
    finally:
        again.stop()
        shutil.rmtree(services.sockets, ignore_errors=True)


def _refuse_wrong(entry, wrong):
    if wrong:
        raise refuse("files", name=entry.code, number=len(wrong))


@contextmanager
def _stopped():
    """Hold the lock of the house, so that nobody starts it meanwhile."""
    try:
        with RunningLock(Path(settings.DATA_DIR), "restore"):
            take_back(Path(settings.DATA_DIR))
            folder = Services(settings.DATA_DIR).postgres.folder
            pid = read_pid(folder / "postmaster.pid")
            if pid is not None and is_ours(pid, ["postgres", str(folder)]):
                raise refuse("running")
            yield
    except Trouble as trouble:
        raise refuse("running") from trouble
