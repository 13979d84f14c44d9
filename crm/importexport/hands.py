"""Two hands on one long sheet: while one writes its rows, the other reads and checks the next ones.

Python works on one core at a time, and waits while the database writes. So a long import forks: each of the two processes
takes every other chunk, prepares it by itself and waits for its turn to write it. Chunks are written one after the other, in
the order of the sheet, and all that counts is in the database: a hand that is lost leaves nothing half done, and the other
goes on alone.
"""

import ctypes
import logging
import os
import signal
import sys
from contextlib import contextmanager

from django.db import connections

from crm.jobs.running import Stopped

log = logging.getLogger(__name__)
PR_SET_PDEATHSIG = 1


class Lost(Exception):
    """The other hand is gone; what it was at is undone."""


class One:
    """A hand that works alone."""

    def takes(self, number: int) -> bool:
        """Whether the chunk of this number is this hand's."""
        return True

    def wait(self) -> bool:
        """Wait until the chunk before has been written, and say whether another hand did that."""
        return False

    def pass_on(self) -> None:
        """Tell the other hand that this chunk has been written."""


class OfTwo(One):
    """One of two hands: `place` 0 begins, `mine` and `other` are the ends of the pipes between them."""

    def __init__(self, place, mine, other):
        self.place, self.mine, self.other = place, mine, other
        self.begins = place == 0

    def takes(self, number):
        return number % 2 == self.place

    def wait(self):
        if self.begins:
            self.begins = False
            return False
        if not os.read(self.mine, 1):
            raise Lost
        return True

    def pass_on(self):
        try:
            os.write(self.other, b".")
        except BrokenPipeError:
            # The other one has come to its end; if too early, it is missed at the next turn or when it is waited for.
            return


def can_be_two() -> bool:
    """Whether this process may fork, and what it has written so far can be seen by another one."""
    return hasattr(os, "fork") and not any(connection.in_atomic_block for connection in connections.all(initialized_only=True))


@contextmanager
def two():
    """Do the block in two processes; this one leaves it when both are through, or with Lost when the other was not."""
    (of_first, to_first), (of_second, to_second) = os.pipe(), os.pipe()
    parent, child = os.getpid(), os.fork()
    if not child:
        os.close(of_first)
        os.close(to_second)
        _settle_in(parent)
        # Whatever happens in the block, this process does not come out of it.
        status = 1
        try:
            yield OfTwo(1, of_second, to_first)
            status = 0
        except (Lost, Stopped):
            # The first hand finds out what there is to find out.
            log.info("the second hand of an import stops")
        except BaseException:
            log.exception("the second hand of an import gives up")
        finally:
            sys.stderr.flush()
            os._exit(status)
    os.close(of_second)
    os.close(to_first)
    try:
        yield OfTwo(0, of_first, to_second)
    finally:
        os.close(of_first)
        os.close(to_second)
        _pid, status = os.waitpid(child, 0)
    if status:
        raise Lost


def _settle_in(parent):
    """Make the forked process one of its own: it ends with its parent, and speaks to the database on lines of its own."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for alias in connections:
        if line := connections[alias].connection:
            # Its socket is the parent's too: let go of it without a word, and never let the object be collected.
            os.close(line.fileno())
            _kept.append(line)
        connections[alias] = connections.create_connection(alias)


_kept: list = []
