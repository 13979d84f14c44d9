"""A house of its own for the firm of the benchmark: a copy of the server, on which only this database stays."""

import os
import resource
import secrets
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from django.conf import settings
from psycopg2.sql import SQL, Identifier

from crm.backups.tools import run, server
from crm.ops.embedded import Services, urls
from crm.ops.postgres import DATABASE, SUPERUSER
from crm.ops.service_user import own

FILES, FILE_BYTES = 200, 500_000
CPU_FIELDS = slice(11, 15)  # of /proc/PID/stat behind the name: own time, and that of children that have ended
TICKS = os.sysconf("SC_CLK_TCK")


class House:
    """A data folder with a server, and commands of the product on it, as an operator gives them."""

    def __init__(self, top: Path):
        self.folder = top / "var"
        # Nobody puts the log away here, and a restore into a new database writes as much of it as there are tables.
        self.services = Services(self.folder, options={"archive_command": "/bin/true"})
        url, broker = urls(self.folder)
        known = {"KEMAN_DATA_DIR": str(self.folder), "DATABASE_URL": url, "REDIS_URL": broker, "KEMAN_SCRATCH_DIR": str(top)}
        self.environment = os.environ | known | {"DJANGO_SETTINGS_MODULE": "crm.settings.prod"}

    def fill(self, name: str) -> None:
        """Copy the present server, keep the one database and call it as a house does; add some uploaded files."""
        data, known = self.services.postgres.folder, server()
        run("pg_basebackup", *known.words, "-D", data, "-X", "stream", "-c", "fast", environment=known.environment, folder=data)
        (data / "postgresql.auto.conf").write_text("")
        self._give(data)
        self.services.postgres.start()
        for (other,) in self.ask("SELECT datname FROM pg_database WHERE datname NOT IN ('postgres', 'template0', 'template1', %s)", name, on="postgres"):
            self.ask(SQL("DROP DATABASE {}").format(Identifier(other)), on="postgres")
        self.ask(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(name), Identifier(DATABASE)), on="postgres")
        files = self.folder / "files"
        files.mkdir()
        for number in range(FILES):
            (files / str(number)).write_bytes(secrets.token_bytes(FILE_BYTES))

    def ask(self, statement, *values, on=DATABASE):
        """The rows of a statement."""
        line = psycopg2.connect(host=str(self.services.sockets), user=SUPERUSER, dbname=on)
        line.autocommit = True
        try:
            with line.cursor() as cursor:
                cursor.execute(statement, values or None)
                return cursor.fetchall() if cursor.description else []
        finally:
            line.close()

    def command(self, *words) -> str:
        """Run a command of the product to its end; what it printed."""
        done = subprocess.run([sys.executable, sys.argv[0], *words], env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)}: {(done.stdout + done.stderr)[-2000:]}")
        return done.stdout.strip()

    def cpu(self) -> float:
        """Seconds of CPU so far, of commands that have ended and of the server with its sessions that have ended."""
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        program = self.services.postgres.program
        stat = Path(f"/proc/{program.process.pid}/stat") if program and program.running else None
        ticks = sum(map(int, stat.read_text().rsplit(")", 1)[1].split()[CPU_FIELDS])) if stat and stat.exists() else 0
        return used.ru_utime + used.ru_stime + ticks / TICKS

    def _give(self, data):
        own(self.services.user, data)
        if self.services.user is not None:
            for path in data.rglob("*"):
                shutil.chown(path, self.services.user.pw_uid, self.services.user.pw_gid)


@contextmanager
def a_house(folder: Path | None):
    """A house for as long as the block lasts; nothing of it stays."""
    top = Path(tempfile.mkdtemp(prefix="keman-backup-speed-", dir=folder or settings.BACKUP_SCRATCH))
    top.chmod(0o711)
    (top / "var").mkdir(mode=0o711)
    house = House(top)
    try:
        yield house
    finally:
        house.services.stop()
        shutil.rmtree(house.services.home, ignore_errors=True)
        shutil.rmtree(top, ignore_errors=True)
