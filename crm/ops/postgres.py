"""A PostgreSQL server of our own: one data folder, one unix socket, no network port."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from crm.ops.processes import Program, is_ours, read_pid, stop_leftover
from crm.ops.programs import postgres_programs
from crm.ops.service_user import own
from crm.ops.terminal import Trouble, _

SUPERUSER = "postgres"
DATABASE = "crm"
START_PATIENCE = 300  # seconds; after a crash it may have much to replay
BUILTIN_LOCALE_SINCE = 17
NO_SPACE = "No space left on device"
# The slowest statements, for the page of operations; statements that set something up are not counted.
STATISTICS = {"shared_preload_libraries": "pg_stat_statements", "pg_stat_statements.track_utility": "off"}
STILL_ENDING = ("pre-existing shared memory block", "lock file", "is another postmaster")


def laptop_settings() -> dict[str, str]:
    """Settings for one machine that also runs the rest; a quarter of a small memory, never more than 1 GB."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    shared = max(128, min(memory // 8, 1024))
    return {
        "shared_buffers": f"{shared}MB",
        "effective_cache_size": f"{max(512, memory // 2)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "max_connections": "200",
        "random_page_cost": "1.1",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "wal_compression": "on",
        "jit": "off",  # it costs more than it gains on short queries
        "log_min_duration_statement": "2000",
        "log_checkpoints": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }


class Postgres:
    """Start, recognise and stop one server; a second instance on another folder is independent of it (restore drill)."""

    name = "postgres"

    def __init__(self, folder: Path, sockets: Path, *, log: Path, user: pwd.struct_passwd | None = None, options: Mapping[str, str] | None = None):
        self.folder, self.sockets, self.log, self.user = folder, sockets, log, user
        self.programs = postgres_programs(user)
        self.options = {**laptop_settings(), **(options or {})}
        self.program: Program | None = None

    @property
    def running(self) -> bool:
        return self.program is not None and self.program.running

    @property
    def is_new(self) -> bool:
        return not (self.folder / "PG_VERSION").exists()

    @property
    def version(self) -> int:
        """The major version of the programs."""
        return int(re.search(r"(\d+)", self._run("postgres", "--version"))[1])

    def initialise(self, *, sync: bool = True) -> None:
        """Make the data folder beside its final place first, so that an interrupted start leaves no half of it."""
        draft = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        own(self.user, draft)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if self.version >= BUILTIN_LOCALE_SINCE else []
        options = ["-U", SUPERUSER, "-E", "UTF8", "--locale=C.UTF-8", *locale, "--auth=trust", "--data-checksums", "--no-instructions"]
        self._run("initdb", "-D", str(draft), *options, *([] if sync else ["--no-sync"]))
        draft.rename(self.folder)

    def start(self) -> None:
        """Start it and wait until it answers, after whatever was left of an earlier start is gone."""
        self._check_version()
        self.clear_leftover()
        options = {"listen_addresses": "", "unix_socket_directories": str(self.sockets), "unix_socket_permissions": "0700"}
        if self._has_statistics():
            options |= STATISTICS
        if self.version >= BUILTIN_LOCALE_SINCE:
            options["summarize_wal"] = "on"  # incremental backups need it before the first full one
        words = [word for pair in {**options, **self.options}.items() for word in ("-c", "=".join(pair))]
        argv = [str(self.programs / "postgres"), "-D", str(self.folder), *words]
        self.program = Program(self.name, argv, self.log, user=self.user, stop_signal=signal.SIGINT, patience=60, env=self._env())
        until = time.monotonic() + 15
        while True:
            mark = self.log.stat().st_size if self.log.exists() else 0
            self.program.start()
            if self._wait_ready():
                return
            said = self.log.read_bytes()[mark:].decode(errors="replace")
            if not any(sign in said for sign in STILL_ENDING) or time.monotonic() > until:
                raise self._trouble(said)
            time.sleep(0.3)

    def stop(self) -> None:
        """Fast stop: sessions are ended, everything committed is on disk."""
        if self.program is not None:
            self.program.stop()
            self.program = None

    def clear_leftover(self) -> None:
        """Stop a server that outlived its supervisor; forget a pid file whose number now belongs to another process."""
        file = self.folder / "postmaster.pid"
        pid = read_pid(file)
        if stop_leftover(pid, ["postgres", str(self.folder)], signal.SIGINT, 60):
            return
        if pid is not None and is_ours(pid, []):
            file.unlink(missing_ok=True)
        for stale in self.sockets.glob(".s.PGSQL.*"):
            stale.unlink(missing_ok=True)

    def create_database(self, name: str = DATABASE) -> bool:
        """Make the database where it is missing; true when it was."""
        target = ["-h", str(self.sockets), "-U", SUPERUSER]
        there = self._run("psql", *target, "-d", "postgres", "-Atc", f"SELECT 1 FROM pg_database WHERE datname = '{name}'")  # noqa: S608
        if not there.strip():
            self._run("createdb", *target, "-T", "template0", name)
        return not there.strip()

    def _has_statistics(self) -> bool:
        """Whether these programs bring the library that counts statements: naming one that is missing would stop the start."""
        return any(self.programs.parent.glob("lib*/**/pg_stat_statements.*"))

    def _wait_ready(self) -> bool:
        until = time.monotonic() + START_PATIENCE
        probe = [str(self.programs / "pg_isready"), "-q", "-h", str(self.sockets), "-U", SUPERUSER]
        while time.monotonic() < until and self.program.running:
            if subprocess.run(probe, check=False, env=self._env()).returncode == 0:  # noqa: S603
                return True
            time.sleep(0.03)
        return False

    def _check_version(self) -> None:
        made_by = int((self.folder / "PG_VERSION").read_text().split(".")[0])
        if made_by != self.version:
            raise Trouble(
                _("The data in %(folder)s was made by PostgreSQL %(old)s and cannot be read by %(new)s: restore a backup into a new folder.")
                % {"folder": self.folder, "old": made_by, "new": self.version}
            )

    def _trouble(self, said: str) -> Trouble:
        if NO_SPACE in said:
            return Trouble(_("The disk is full: free some space where %(folder)s is, then start again.") % {"folder": self.folder})
        return Trouble(_("PostgreSQL did not start; its last words are in %(log)s: %(words)s") % {"log": self.log, "words": said.strip()[-300:]})

    def _env(self) -> dict[str, str]:
        return {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(self.sockets)}

    def _run(self, tool: str, *words: str) -> str:
        """Run one of the server's tools as the server's user; its error becomes one sentence."""
        who = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}
        argv = [str(self.programs / tool), *words]
        done = subprocess.run(argv, capture_output=True, text=True, check=False, cwd="/", env=self._env(), **who)  # noqa: S603
        if done.returncode:
            raise self._trouble(done.stderr or done.stdout)
        return done.stdout
