"""`manage.py up` as people use it: one real start from nothing, and everything that may happen to it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crm.ops.embedded import socket_folder
from crm.testing.external import free_port

MANAGE = Path(__file__).parents[3] / "manage.py"
PROCESSES = ("web", "dispatch", "worker", "beat")


def house(data_dir: Path, port: int, **further: str) -> subprocess.Popen:
    without = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY")
    env = {name: value for name, value in os.environ.items() if name not in without}
    env |= {"KEMAN_DATA_DIR": str(data_dir), "PORT": str(port), "LANGUAGE": "en"} | further
    words = [sys.executable, str(MANAGE), "up", "--empty"]
    return subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def health(port: int) -> tuple[int, dict]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("GET", "/healthz")
        answer = line.getresponse()
        return answer.status, json.loads(answer.read())
    except OSError:
        return 0, {}
    finally:
        line.close()


def until(question, seconds=120.0):
    end = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)
    return answer


def pid_of(data_dir: Path, name: str) -> int:
    file = data_dir / ("services" if name == "valkey" else "run") / f"{name}.pid"
    return int(file.read_text().split()[0]) if file.exists() else 0


@pytest.fixture
def port():
    return free_port()


def test_starts_from_nothing_survives_killed_parts_and_ends_without_a_trace(data_dir, port, alive):
    first = house(data_dir, port)
    try:
        until(lambda: set(health(port)[1].values()) == {"ok"}, 240)
        second = house(data_dir, free_port())
        said, _none = second.communicate(timeout=120)
        assert second.returncode == 1
        assert f"process {first.pid}, http://127.0.0.1:{port}" in said

        postmaster = int((data_dir / "services/postgres/postmaster.pid").read_text().split()[0])
        web = pid_of(data_dir, "web")
        os.kill(postmaster, signal.SIGKILL)
        os.kill(web, signal.SIGKILL)
        until(lambda: pid_of(data_dir, "web") not in (0, web) and health(port)[0] == 200)
        pids = [pid_of(data_dir, name) for name in (*PROCESSES, "valkey")]
        assert all(alive(pid) for pid in pids)
    finally:
        first.send_signal(signal.SIGINT)
        said, _none = first.communicate(timeout=120)
    assert first.returncode == 0
    assert f"http://127.0.0.1:{port}" in said
    assert "web ended by itself" in said
    assert not [pid for pid in (postmaster, *pids) if alive(pid)]
    assert not socket_folder(data_dir).exists()


def test_a_taken_port_ends_the_start_before_anything_is_made(data_dir, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        refused = house(data_dir, port)
        said, _none = refused.communicate(timeout=120)
    assert refused.returncode == 1
    assert f"PORT={port + 1} make run" in said.strip().splitlines()[-1]
    assert not (data_dir / "services").exists()


@pytest.mark.parametrize("text", ["abc", "0", "99999", "80 80", "-1"])
def test_a_port_that_is_none_ends_the_start_with_one_sentence(data_dir, text):
    refused = house(data_dir, text)
    said, _none = refused.communicate(timeout=120)
    assert refused.returncode == 1
    assert len(said.strip().splitlines()) == 1
    assert f"“{text}” is no port" in said


def test_a_data_folder_that_cannot_be_made_ends_the_start_with_one_sentence(data_dir, port):
    data_dir.write_text("a file where the folder should be")
    refused = house(data_dir, port)
    said, _none = refused.communicate(timeout=120)
    assert refused.returncode == 1
    assert len(said.strip().splitlines()) == 1
    assert "KEMAN_DATA_DIR" in said


def test_a_database_that_does_not_answer_ends_the_start_with_one_sentence(data_dir, port, alive):
    refused = house(data_dir, port, DATABASE_URL="postgres://somebody@%2Fnowhere/crm")
    said, _none = refused.communicate(timeout=120)
    assert refused.returncode == 1
    assert "DATABASE_URL" in said.strip().splitlines()[-1]
    assert not (data_dir / "services/postgres").exists()
