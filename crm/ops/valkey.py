"""A Valkey server of our own: the broker and the cache, on one unix socket, kept on disk."""

import pwd
import signal
import socket
import time
from pathlib import Path

from crm.ops.processes import Program
from crm.ops.programs import valkey_program
from crm.ops.terminal import Trouble, _

SOCKET = "valkey.sock"
START_PATIENCE = 60  # seconds; a long append-only file is read first


class Valkey:
    """Start and stop one server."""

    name = "valkey"

    def __init__(self, folder: Path, sockets: Path, *, log: Path, user: pwd.struct_passwd | None = None, keep: bool = True):
        self.socket, self.log = sockets / SOCKET, log
        options = {
            "--port": "0",
            "--unixsocket": str(self.socket),
            "--unixsocketperm": "700",
            "--dir": str(folder),
            "--appendonly": "yes" if keep else "no",
            "--save": "",
            "--maxmemory-policy": "noeviction",  # a broker must never forget a message
            "--set-proc-title": "no",  # so that a later start recognises it by its words
            "--daemonize": "no",
        }
        argv = [str(valkey_program(user)), *(word for pair in options.items() for word in pair)]
        self.program = Program(self.name, argv, log, pid_file=folder.parent / "valkey.pid", user=user, stop_signal=signal.SIGTERM)

    @property
    def running(self) -> bool:
        return self.program.running

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.program.start()
        until = time.monotonic() + START_PATIENCE
        while time.monotonic() < until and self.program.running:
            if self._answers():
                return
            time.sleep(0.02)
        raise Trouble(_("Valkey did not start; its last words are in %(log)s: %(words)s") % {"log": self.program.log, "words": self.program.last_words()})

    def stop(self) -> None:
        """It writes what is pending to disk and ends."""
        self.program.stop()

    def _answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(1)
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False
