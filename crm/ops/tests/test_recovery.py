"""The database is killed and comes back under running processes: they go on by themselves, and an import with them (LIMITS F3).

Web workers are killed under people who save: what was acknowledged is there, whole and once (LIMITS F2).

`KEMAN_KILLS=20 KEMAN_KILL_ROWS=10000 KEMAN_WEB_KILLS=60 pytest crm/ops/tests/test_recovery.py` kills as often, and at other moments each time.
"""

import http.client
import json
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
from crm.ops.tests.conftest import scratch
from crm.ops.tests.test_up import MANAGE, PROCESSES, health, house, pid_of, until
from crm.testing import template
from crm.testing.external import free_port

KILLS = int(os.environ.get("KEMAN_KILLS", "1"))
ROWS = int(os.environ.get("KEMAN_KILL_ROWS", "3000"))
WEB_KILLS, WRITERS = int(os.environ.get("KEMAN_WEB_KILLS", "8")), 8
# Ten seconds are the aim, and what a quiet machine needs at most (docs/import.md has the figures); a busy one is given longer.
BACK_WITHIN = 45
START = """
from pathlib import Path
from crm.accounts.models import User
from crm.importexport import services
by = User.objects.with_rights().get(is_system=True)
services.start(services.receive("companies", Path({path!r}), "a.csv", by=by), by=by)
"""
TOKEN = """
from crm.accounts import services
from crm.accounts.models import Role, User
by = User.objects.with_rights().get(is_system=True)
person = services.create_person({"username": "writer", "name": "Writer"}, by=by, role=Role.objects.get(code="administrator"))
print(services.issue_token(person, name="writer", scopes=["companies:write"], by=by)[1])
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


class Writer(threading.Thread):
    """Somebody who adds companies one after the other, and sends each again until it is acknowledged."""

    def __init__(self, port, token, number):
        super().__init__(daemon=True)
        self.port, self.token, self.number, self.sent, self.again, self.ended = port, token, number, [], 0, threading.Event()

    def run(self):
        while not self.ended.is_set():
            name = f"写入{chr(0x4E00 + self.number)}{''.join(chr(0x4E00 + int(digit)) for digit in str(len(self.sent)))}有限公司"
            while self.post(name) not in (200, 201):
                self.again += 1
                self.ended.wait(0.05)
            self.sent.append(name)

    def post(self, name):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Idempotency-Key": f"{self.number}-{len(self.sent)}"}
        try:
            line.request("POST", "/api/v1/companies/", json.dumps({"name": name}), headers)
            return line.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            line.close()


@pytest.fixture(scope="module")
def data_dir():
    with scratch() as folder:
        yield folder


@pytest.fixture(scope="module")
def migrated(data_dir):
    """A data folder with all tables, where the run has them ready: a house from nothing is tried elsewhere."""
    services = Services(data_dir, options=FAST_AND_LOOSE)
    services.start()
    template.pour_into(urls(data_dir)[0])
    services.stop()


@pytest.fixture(scope="module")
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
    shell(data_dir, START.format(path=str(path)))


def shell(data_dir, code) -> str:
    """What these lines print in the house."""
    without = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY")
    env = {name: value for name, value in os.environ.items() if name not in without} | {"KEMAN_DATA_DIR": str(data_dir)}
    return subprocess.run([sys.executable, str(MANAGE), "shell", "-v", "0", "-c", code], env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


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


def test_what_was_acknowledged_while_web_workers_are_killed_is_there_whole_and_once(data_dir, running):
    token = shell(data_dir, TOKEN).strip()
    writers = [Writer(running, token, number) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for _kill in range(WEB_KILLS):
        done = [len(writer.sent) for writer in writers]
        until(lambda done=done: sum(len(writer.sent) > before for writer, before in zip(writers, done, strict=True)) >= WRITERS // 2, 60)
        os.kill(int(random.choice(processes(data_dir)["web"][1:])), signal.SIGKILL)
    for writer in writers:
        writer.ended.set()
    for writer in writers:
        writer.join(60)
    names = sorted(name for writer in writers for name in writer.sent)
    print(f"{WEB_KILLS} web workers killed: {len(names)} acknowledged, {sum(writer.again for writer in writers)} sent again")
    assert names == sorted(name for (name,) in ask(data_dir, "SELECT name FROM customers_company WHERE name LIKE '写入%'"))
    events = (
        "SELECT count(*) FROM activity_activity a JOIN customers_company c ON c.id = a.object_id WHERE a.verb = 'companies.created' AND c.name LIKE '写入%'"
    )
    assert ask(data_dir, events) == [(len(names),)]
