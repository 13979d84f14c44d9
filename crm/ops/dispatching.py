"""The process that hands events to their readers: woken by the database, with a poll as the net below."""

import logging
import select
import signal
import threading

from django.db import DatabaseError, InterfaceError, connection

from crm.activity.dispatch import dispatch_all
from crm.activity.wake import CHANNEL
from crm.ops.heartbeats import alive

POLL = 2.0  # seconds; a lost call costs no more
PAUSE = 1.0  # seconds between two attempts while the database is away
log = logging.getLogger(__name__)


class Dispatcher:
    """Runs until it is told to end; the batch in hand is finished first."""

    def __init__(self) -> None:
        self.ended = threading.Event()

    def run(self) -> None:
        """Empty the outbox, wait for a call, again; a database that went away is waited for."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_signal: self.ended.set())
        while not self.ended.is_set():
            try:
                self._serve()
            except (DatabaseError, InterfaceError) as failure:
                log.warning("the database is away: %s", type(failure).__name__)
                connection.close()
                self.ended.wait(PAUSE)
        connection.close()

    def _serve(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        while not self.ended.is_set():
            alive("dispatcher")
            dispatch_all()
            self._wait()

    def _wait(self) -> None:
        line = connection.connection
        if not line.notifies:
            select.select([line], [], [], POLL)
        line.poll()
        line.notifies.clear()
