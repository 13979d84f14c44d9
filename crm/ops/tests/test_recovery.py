"""The database is killed and comes back under running processes: they go on by themselves, and an import with them (LIMITS F3).

`KEMAN_KILLS=20 KEMAN_KILL_ROWS=10000 pytest crm/ops/tests/test_recovery.py` kills as often, and at other moments each time.
"""

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest

from crm.ops.embedded import FAST_AND_LOOSE, Services, urls
from crm.ops.tests.test_up import MANAGE, PROCESSES, health, house, pid_of, until
from crm.testing import template
from crm.testing.external import free_port

KILLS = int(os.environ.get("KEMAN_KILLS", "1"))
ROWS = int(os.environ.get("KEMAN_KILL_ROWS", "3000"))
# Ten seconds are the aim, and what a quiet machine needs at most (docs/import.md has the figures); a busy one is given longer.
BACK_WITHIN = 45
START = """
from pathlib import Path
from crm.accounts.models import User
from crm.importexport import services
by = User.objects.with_rights().get(is_system=True)
services.start(services.receive("companies", Path({path!r}), "a.csv", by=by), by=by)
"""
# A list that looks its reader up, and an endpoint that looks a token up: without the database neither can say who asks.
ASKED = {"/customers/companies/": {"Cookie": "km_session=nobody"}, "/api/v1/companies/": {"Authorization": "Bearer km_nobody"}}


class Visitor(threading.Thread):
    """Somebody who asks for pages all the time; keeps what was answered."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port, self.answers, self.ended = port, [], threading.Event()

    def run(self):
        while not self.ended.wait(0.2):
            for path, headers in ASKED.items():
                line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                try:
                    line.request("GET", path, headers=headers)
                    answer = line.getresponse()
                    self.answers.append((path, answer.status, answer.read().decode()))
                except OSError as failure:
                    self.answers.append((path, 0, str(failure)))
                finally:
                    line.close()


@pytest.fixture
def migrated(data_dir):
    """A data folder with all tables, where the run has them ready: a house from nothing is tried elsewhere."""
    services = Services(data_dir, options=FAST_AND_LOOSE)
    services.start()
    template.pour_into(urls(data_dir)[0])
    services.stop()


@pytest.fixture
def running(data_dir, migrated):
    """A house that runs, empty; its port."""
    port = free_port()
    process = house(data_dir, port)
    try:
        until(lambda: set(health(port)[1].values()) == {"ok"}, 240)
        yield port
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=90)


def ask(data_dir, statement):
    """The rows of a query, on a line of its own."""
    parts = urlsplit(urls(data_dir)[0])
    with psycopg2.connect(host=unquote(parts.hostname), user=parts.username, dbname=parts.path[1:]) as line, line.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def begin_import(data_dir, path, round_):
    """Let the worker of the house take a sheet in."""
    path.write_text("外部编号,客户名称\n" + "".join(f"R{round_}-{n},公司{round_}x{n}有限公司\n" for n in range(ROWS)), encoding="utf-8")
    without = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY")
    env = {name: value for name, value in os.environ.items() if name not in without} | {"KEMAN_DATA_DIR": str(data_dir)}
    subprocess.run([sys.executable, str(MANAGE), "shell", "-v", "0", "-c", START.format(path=str(path))], env=env, check=True)


def processes(data_dir):
    """The numbers of all our processes, those that web server and worker have started among them."""
    found = {}
    for name in PROCESSES:
        pid = pid_of(data_dir, name)
        found[name] = [pid, *sorted(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    return found


def postmaster_of(data_dir):
    """The number of the server of the database; 0 while there is none."""
    file = data_dir / "services/postgres/postmaster.pid"
    words = file.read_text().split() if file.exists() else []
    return int(words[0]) if words else 0


def test_pages_jobs_and_readers_go_on_without_a_restart(data_dir, running, tmp_path):
    visitor = Visitor(running)
    visitor.start()
    for round_ in range(KILLS):
        begin_import(data_dir, tmp_path / f"{round_}.csv", round_)
        count = f"SELECT count(*) FROM customers_company WHERE external_id LIKE 'R{round_}-%'"
        moment = random.randrange(1, max(2, ROWS - 1000))
        until(lambda count=count, moment=moment: ask(data_dir, count)[0][0] >= moment, 120)
        before = processes(data_dir)
        postmaster = postmaster_of(data_dir)
        os.kill(postmaster, random.choice((signal.SIGKILL, signal.SIGQUIT)))
        killed = time.monotonic()
        until(lambda dead=postmaster: postmaster_of(data_dir) not in (0, dead), BACK_WITHIN)
        until(lambda: health(running)[0] == 200, BACK_WITHIN)
        print(f"killed at {moment}: pages back after {time.monotonic() - killed:.1f} s", end=", ")
        until(lambda: ask(data_dir, "SELECT count(*) FROM importexport_importrun WHERE finished_at IS NULL") == [(0,)], 240)
        print(f"import at its end after {time.monotonic() - killed:.1f} s")
        assert ask(data_dir, count) == [(ROWS,)]
        assert ask(data_dir, "SELECT created, rows, rejected, duplicates FROM importexport_importrun ORDER BY id DESC LIMIT 1") == [(ROWS, ROWS, 0, 0)]
        until(lambda: ask(data_dir, "SELECT count(*) FROM activity_pending") == [(0,)], 60)
        assert processes(data_dir) == before
    visitor.ended.set()
    visitor.join(60)
    codes = {code for _path, code, _text in visitor.answers}
    assert {302, 401} <= codes <= {302, 401, 500, 503}
    for path, code, text in visitor.answers:
        if code >= 500:
            assert ('"server_error"' if path.startswith("/api/") else "km-") in text
            assert "Traceback" not in text
    until(lambda: set(health(running)[1].values()) == {"ok"}, 90)
