"""Keeps the house's processes alive, and ends all of them in order, however it is asked to end."""

import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from crm.ops.processes import STOPPING
from crm.ops.terminal import Trouble, _, say

WATCH_EVERY = 0.5  # seconds
LONGEST_PAUSE = 30.0  # seconds between two attempts to restart
# Seconds after which earlier deaths are forgotten: what has lived so long does not die of how it starts.
HEALTHY_AFTER = 10.0


class Stop(BaseException):
    """Somebody asked us to end: Ctrl-C, SIGTERM, or the terminal was closed."""


class Child(Protocol):
    name: str
    log: Path | None

    @property
    def running(self) -> bool: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...


class Watched:
    """A child with the memory of its deaths."""

    def __init__(self, child: Child):
        self.child, self.deaths, self.since, self.again_at = child, 0, time.monotonic(), None

    def check(self, now: float) -> None:
        """Restart a dead child, each time after a longer pause; never blocks the watch over the others for the pause."""
        if self.child.running:
            if self.deaths and now - self.since > HEALTHY_AFTER:
                self.deaths = 0
        elif self.again_at is None:
            pause = min(LONGEST_PAUSE, WATCH_EVERY * 2**self.deaths)
            self.deaths, self.again_at = self.deaths + 1, now + pause
            sentence = _("%(name)s ended by itself; starting it again in %(pause).1f s (its log: %(log)s).")
            say(sentence % {"name": self.child.name, "pause": pause, "log": self.child.log or _("above")})
        elif now >= self.again_at:
            self.again_at, self.since = None, now
            try:
                self.child.start()
            except Trouble as trouble:
                say(str(trouble))


class Supervisor:
    """Children in the order they were started; they are stopped in the opposite order."""

    def __init__(self) -> None:
        self.children: list[Watched] = []

    def start(self, child: Child) -> None:
        """Take a child under watch before it is started, so that it is stopped even when its start is interrupted."""
        self.children.append(Watched(child))
        child.start()

    def watch(self, *now_and_then: Callable[[], None]) -> None:
        """Until somebody asks to stop."""
        while True:
            for watched in self.children:
                watched.check(time.monotonic())
            for look in now_and_then:
                look()
            time.sleep(WATCH_EVERY)

    def stop_all(self) -> None:
        """Last started, first stopped; further signals are ignored, each child has its own patience."""
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        while self.children:
            self.children.pop().child.stop()

    def listen(self) -> None:
        """From here on a signal ends the watch instead of the process."""
        for number in STOPPING:
            signal.signal(number, self._stop)

    def _stop(self, *_signal: object) -> None:
        raise Stop
