"""Who runs on a data folder: a lock that dies with its holder, and a note of the address for whoever comes second."""

import fcntl
import json
import os
import socket
from pathlib import Path
from typing import Self

from crm.ops.terminal import Trouble, _

LOOPBACK = "127.0.0.1"
LAST_PORT = 65535


class RunningLock:
    """Held for as long as the supervisor lives; the kernel lets go of it even after `kill -9`."""

    def __init__(self, data_dir: Path, address: str):
        self.file = data_dir / "up.lock"
        self.address = address

    def __enter__(self) -> Self:
        self.handle = self.file.open("a+")
        try:
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(self._who()) from None
        self.handle.truncate(0)
        self.handle.write(json.dumps({"pid": os.getpid(), "address": self.address}))
        self.handle.flush()
        return self

    def __exit__(self, *_error: object) -> None:
        self.handle.truncate(0)
        self.handle.close()

    def _who(self) -> str:
        self.handle.seek(0)
        try:
            holder = json.loads(self.handle.read())
        except ValueError:  # it is just starting, or just ending
            holder = {"pid": "?", "address": self.address}
        return _("Keman already runs on this data folder (process %(pid)s, %(address)s): open that address, or stop it first.") % holder


def port_of(text: str) -> int:
    """The port that was asked for; settings are read by every command, and a traceback would help nobody."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= LAST_PORT):
        raise SystemExit(_("“%(port)s” is no port: choose a number from 1 to 65535, for example PORT=8001 make run.") % {"port": text})
    return int(text)


def listen(port: int) -> socket.socket:
    """Take the port before anything is started, and keep it: while the web server restarts, readers wait instead of failing."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
        listener.listen(512)
    except (OSError, OverflowError) as error:
        listener.close()
        sentence = _("Port %(port)d cannot be used (%(reason)s): choose another one, for example PORT=%(other)d make run.")
        reason = getattr(error, "strerror", None) or error
        raise Trouble(sentence % {"port": port, "reason": reason, "other": port + 1 if port < LAST_PORT else 8000}) from None
    return listener
