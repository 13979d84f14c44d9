"""Real backups of a real server: a house of its own for each process of the run, with the tables of the test database."""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest
from django.conf import settings as configured
from django.db import connection, connections
from django.test import override_settings

from crm.accounts.models import Team
from crm.backups import taking
from crm.backups.entries import FULL, INCREMENTAL, entries
from crm.backups.places import Local
from crm.backups.tools import run
from crm.ops.embedded import FAST_AND_LOOSE, Services, urls


class House:
    """A data folder with a server on it, driven by commands as an operator does, or by verbs through `lived_in`."""

    def __init__(self, top: Path):
        self.folder = top / "var"
        self.services = Services(self.folder, options=FAST_AND_LOOSE)
        self.services.start()
        url, broker = urls(self.folder)
        self.environment = os.environ | {
            "KEMAN_DATA_DIR": str(self.folder), "DATABASE_URL": url, "REDIS_URL": broker,
            "DJANGO_SETTINGS_MODULE": "crm.settings.test", "KEMAN_SCRATCH_DIR": str(top),
        }  # fmt: skip
        parts = urlsplit(url)
        self.address = {"host": unquote(parts.hostname), "user": parts.username, "dbname": parts.path[1:]}
        there = connection.settings_dict
        run("pg_dump", "-h", there["HOST"], "-U", there["USER"], "-d", there["NAME"], "-Fc", "-Z", "0", "-f", top / "dump")
        run("pg_restore", "-h", self.address["host"], "-U", self.address["user"], "-d", self.address["dbname"], "--exit-on-error", top / "dump")

    @contextmanager
    def lived_in(self):
        """Let the verbs of the product work on this house instead of the test database."""
        before = connections["default"]
        known = before.settings_dict | {"HOST": self.address["host"], "USER": self.address["user"], "NAME": self.address["dbname"]}
        connections["default"] = type(before)(known, "default")
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"] = before

    def command(self, *words):
        """Run a command of the product to its end; exit code and what it said."""
        done = subprocess.run([sys.executable, "manage.py", *words], cwd=configured.BASE_DIR, env=self.environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def line(self):
        """A plain connection."""
        line = psycopg2.connect(**self.address)
        line.autocommit = True
        return line

    def ask(self, statement):
        """The rows of a query, on a line of its own."""
        line = self.line()
        try:
            with line.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else None
        finally:
            line.close()


@contextmanager
def a_house():
    """A house for as long as the block lasts, in a folder that the user of the servers may pass through."""
    top = Path(tempfile.mkdtemp(prefix="keman-house-"))
    top.chmod(0o711)
    found = House(top)
    try:
        yield found
    finally:
        found.services.stop()
        shutil.rmtree(found.services.home, ignore_errors=True)
        shutil.rmtree(top, ignore_errors=True)


@pytest.fixture
def house(committed):
    """A house that the test may ruin."""
    with a_house() as found:
        yield found


@pytest.fixture(scope="session")
def kept_house(django_db_setup, django_db_blocker):
    """A house that all tests of this process share."""
    with django_db_blocker.unblock(), a_house() as found:
        yield found


@pytest.fixture
def server(kept_house, committed):
    """The shared house; verbs work on it in this test."""
    with kept_house.lived_in():
        yield kept_house


@pytest.fixture
def home(settings):
    """A data folder of its own for backups, key, drills and uploaded files."""
    top = Path(tempfile.mkdtemp(prefix="keman-backups-"))
    top.chmod(0o711)
    for name, path in _settings(top).items():
        setattr(settings, name, path)
    settings.BACKUP_PLACES = ["local"]
    yield top
    shutil.rmtree(top, ignore_errors=True)


@pytest.fixture
def place(home):
    """The place on this machine."""
    return Local(home / "backups")


@pytest.fixture(scope="session")
def chain_folder():
    """Where the chain lies that all tests of this process copy; empty until the first one asks."""
    top = Path(tempfile.mkdtemp(prefix="keman-chain-"))
    yield top
    shutil.rmtree(top)


@pytest.fixture
def chain(kept_house, committed, home, place, chain_folder):
    """A full backup and an increment of it, with uploaded files: one that stays, one that goes, one that changes, one that comes.

    Each process of the run takes them once; every test gets a copy to damage.
    """
    if not any(chain_folder.iterdir()):
        with override_settings(**_settings(chain_folder), BACKUP_PLACES=["local"]), kept_house.lived_in():
            _make(chain_folder)
    for name in ("backups", "files"):
        shutil.copytree(chain_folder / name, home / name, dirs_exist_ok=True)
    shutil.copy(chain_folder / "key", home / "key")
    return entries(place)


def _make(top):
    files = top / "files"
    files.mkdir()
    for name in ("stays", "goes", "changes"):
        (files / name).write_text(f"{name} at first")
    Team.objects.bulk_create(Team(name=f"{number}组") for number in range(1, 41))
    taking.take(FULL)
    Team.objects.bulk_create(Team(name=f"{number}组") for number in range(41, 61))
    (files / "goes").unlink()
    (files / "changes").write_text("another content")
    (files / "comes").write_text("new")
    taking.take(INCREMENTAL)


def _settings(top):
    folders = {"BACKUP_FOLDER": top / "backups", "BACKUP_KEY": top / "key", "MEDIA_ROOT": top / "files", "WAL_SPOOL": top / "wal"}
    return folders | {"BACKUP_SCRATCH": top / "scratch"}
