"""Workers, both processes of each, and the database are killed for real in the middle of an import: every row is there exactly once afterwards.

`KEMAN_KILLS=20 KEMAN_KILL_ROWS=10000 pytest crm/importexport/tests/test_kill.py` kills as often, and at other moments each time.
"""

import csv
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest
from django.conf import settings

from crm.activity.models import Activity
from crm.core import clock
from crm.importexport import runs, services
from crm.importexport.models import ImportRow
from crm.jobs.models import Job
from crm.ops.embedded import Services, make_folder, urls
from crm.testing import template
from crm.testing.workers import start_worker, wait_until, wait_until_no_worker_is_connected
from customers.companies.models import Company

KILLS = int(os.environ.get("KEMAN_KILLS", "3"))
ROWS = int(os.environ.get("KEMAN_KILL_ROWS", "3000"))


def rows():
    """The rows of the sheet; what each becomes is told by its number alone."""
    return [[f"C{number}", f"公司{number}有限公司", str(number % 900 + 1)] for number in range(ROWS)]


def fingerprint(found):
    """A hash over the content, whatever the order in which it came in."""
    return hashlib.sha256("\n".join(sorted("|".join(map(str, row)) for row in found)).encode()).hexdigest()


def test_killed_again_and_again_every_row_is_taken_exactly_once(committed, sheet, media, people, worker):
    path = sheet("a.csv", ["外部编号", "客户名称", "员工数"], *rows())
    run = services.receive("companies", path, "a.csv", by=people.manager)
    services.start(run, by=people.manager)
    moments = sorted(random.sample(range(1, ROWS - runs.CHUNK), KILLS))
    for moment in moments:
        process = worker(MEDIA_ROOT=str(media))
        wait_until(lambda moment=moment: Company.objects.count() >= moment)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        wait_until_no_worker_is_connected()
        # Wholly or not at all: what is there of a chunk is there with its place, its outcomes and its count.
        run.refresh_from_db()
        assert Company.objects.count() == run.created == ImportRow.objects.filter(run=run, outcome="created").count(), f"killed at {moments}"
        Job.objects.filter(pk=run.job_id, state=Job.State.RUNNING).update(lease_until=clock.now())
    before, ended = Company.objects.count(), time.monotonic()
    process = worker(MEDIA_ROOT=str(media))
    wait_until(lambda: Company.objects.count() > before or run.finished_at or Job.objects.get(pk=run.job_id).is_over)
    assert time.monotonic() - ended <= 30
    assert process.wait(300) == 0
    run.refresh_from_db()
    assert (Company.objects.count(), run.created, run.rows, run.rejected, run.duplicates) == (ROWS, ROWS, ROWS, 0, 0), f"killed at {moments}"
    assert fingerprint(Company.objects.values_list("external_id", "name", "employees")) == fingerprint(rows())
    assert ImportRow.objects.filter(run=run, outcome="created").values("row").distinct().count() == ROWS
    assert Activity.objects.filter(verb="companies.created").values("object_id").distinct().count() == ROWS
    assert Activity.objects.filter(verb="companies.created").count() == ROWS
    assert Activity.objects.filter(verb="imports.finished").count() == 1


class House:
    """A database server of its own, which may be killed, and commands that work on it."""

    def __init__(self, folder: Path):
        make_folder(folder)
        self.folder = folder
        self.services = Services(folder)
        self.services.start()
        url, broker = urls(folder)
        self.environment = os.environ | {
            "DATABASE_URL": url, "REDIS_URL": broker, "KEMAN_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "crm.settings.test",
        }  # fmt: skip
        parts = urlsplit(url)
        self.address = {"host": unquote(parts.hostname), "user": parts.username, "dbname": parts.path[1:]}

    def command(self, *words):
        """Start a command of the product."""
        return subprocess.Popen([sys.executable, "manage.py", *words], cwd=settings.BASE_DIR, env=self.environment, stderr=subprocess.DEVNULL)

    def worker(self):
        """Start a worker of the product."""
        return start_worker(self.environment)

    def ask(self, statement):
        """The rows of a query, on a line of its own."""
        with psycopg2.connect(**self.address) as line, line.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None

    def kill_database(self):
        """End the server at once, as a loss of power would, and start it again."""
        process = self.services.postgres.program.process
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        self.services.postgres.stop()
        self.services.postgres.start()


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A house with an empty database."""
    folder = tmp_path_factory.mktemp("house", numbered=True)
    for part in (folder, *folder.parents):
        if part.stat().st_uid == os.geteuid() and part != Path("/"):
            part.chmod(part.stat().st_mode | 0o711)
    made = House(folder / "var")
    try:
        assert template.pour_into(made.environment["DATABASE_URL"]) or made.command("migrate", "-v", "0").wait(300) == 0
        yield made
    finally:
        made.services.stop()


def test_the_database_is_killed_in_the_middle_and_the_counts_are_exact(house, tmp_path):
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["外部编号", "客户名称", "员工数"], *rows()])
    count = "SELECT count(*) FROM customers_company"
    first = house.command("import", "companies", str(path))
    moments = sorted(random.sample(range(1, ROWS - runs.CHUNK), min(KILLS, 2)))
    process = first
    for moment in moments:
        wait_until(lambda moment=moment: house.ask(count)[0][0] >= moment)
        house.kill_database()
        taken = house.ask("SELECT created, rows FROM importexport_importrun")
        assert taken == [(house.ask(count)[0][0],) * 2], f"killed at {moments}"
        process.kill()
        process.wait()
        house.ask("UPDATE jobs_job SET lease_until = now() WHERE state = 'running'")
        house.ask("UPDATE jobs_job SET lease_until = NULL WHERE state = 'queued'")
        process = house.worker()
    assert process.wait(300) == 0
    found = house.ask("SELECT external_id, name, employees FROM customers_company")
    assert (len(found), fingerprint(found)) == (ROWS, fingerprint(rows())), f"killed at {moments}"
    assert house.ask("SELECT created, rejected, duplicates FROM importexport_importrun") == [(ROWS, 0, 0)]
