"""Keeping processes alive and ending all of them, tried on a supervisor that is a process of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crm.ops.supervisor import Watched

HOUSE = """
import sys, signal
from pathlib import Path
from crm.ops.processes import Program
from crm.ops.supervisor import Stop, Supervisor
room = Path(sys.argv[1])
STAY = '''
import os, signal, subprocess, sys, time
from pathlib import Path
room, name = Path(sys.argv[1]), sys.argv[2]
signal.signal(signal.SIGTERM, lambda *_: (open(room / "ended", "a").write(name + " "), sys.exit()))
if name == "second":
    (room / "grandchild").write_text(str(subprocess.Popen(["sleep", "600"]).pid))
(room / name).write_text(str(os.getpid()))
time.sleep(600)
'''
supervisor = Supervisor()
supervisor.listen()
try:
    for name in ("first", "second", "third"):
        supervisor.start(Program(name, [sys.executable, "-c", STAY, str(room), name], room / f"{name}.log", pid_file=room / f"{name}.pid"))
    supervisor.watch()
except Stop:
    pass
finally:
    supervisor.stop_all()
"""
NAMES = ("first", "second", "third")


def until(question, seconds=60.0):
    """Wait for something to become true, and give it back."""
    end = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
    return answer


def number(file: Path) -> int:
    return int(file.read_text() or 0) if file.exists() else 0


@pytest.fixture
def house(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", HOUSE, str(tmp_path)], cwd=Path(__file__).parents[3])
    until(lambda: all(number(tmp_path / name) for name in NAMES))
    yield process
    process.kill()
    process.wait()


def everybody(room: Path) -> list[int]:
    return [number(room / name) for name in (*NAMES, "grandchild")]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ends_its_children_last_started_first_and_leaves_no_process(house, tmp_path, alive, how):
    house.send_signal(how)
    assert house.wait(60) == 0
    assert (tmp_path / "ended").read_text().split() == ["third", "second", "first"]
    assert not [pid for pid in everybody(tmp_path) if alive(pid)]
    assert not list(tmp_path.glob("*.pid"))


def test_a_child_that_dies_is_started_again(house, tmp_path):
    dead = number(tmp_path / "first")
    os.kill(dead, signal.SIGKILL)
    assert until(lambda: number(tmp_path / "first") not in (0, dead))
    assert house.poll() is None


def test_a_child_that_dies_again_waits_longer_each_time(house, tmp_path):
    began = time.monotonic()
    for _death in range(2):
        dead = number(tmp_path / "first")
        os.kill(dead, signal.SIGKILL)
        until(lambda dead=dead: number(tmp_path / "first") not in (0, dead))
    assert time.monotonic() - began > 1.4  # pauses of a half and of one whole second, less the watch's own step


def test_the_next_start_ends_what_a_killed_supervisor_left(house, tmp_path, alive):
    orphans = everybody(tmp_path)
    house.kill()
    house.wait()
    for name in NAMES:
        (tmp_path / name).unlink()
    heir = subprocess.Popen([sys.executable, "-c", HOUSE, str(tmp_path)], cwd=Path(__file__).parents[3])
    until(lambda: all(number(tmp_path / name) for name in NAMES))
    assert not [pid for pid in orphans[:3] if alive(pid)]
    heir.send_signal(signal.SIGINT)
    assert heir.wait(60) == 0


class Lamp:
    """A child that is on or off."""

    name, log, running, starts = "lamp", None, True, 0

    def start(self):
        self.running, self.starts = True, self.starts + 1

    def stop(self):
        self.running = False


def test_a_child_that_is_killed_now_and_then_never_waits_longer():
    lamp = Lamp()
    watched, now = Watched(lamp), time.monotonic()
    for kill in range(1, 6):
        # It lives for half a minute, dies, and is back within a second.
        watched.check(now + 30)
        lamp.stop()
        watched.check(now + 30)
        watched.check(now + 31)
        assert lamp.starts == kill
        now += 31
