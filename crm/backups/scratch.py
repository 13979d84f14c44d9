"""Folders for a while: where parts are checked, and where servers of drills and restores live.

Each is held by a lock of the kernel, so that the next run can tell what a killed one left, and takes it away.
"""

import fcntl
import shutil
import signal
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from crm.backups import uploads
from crm.ops.embedded import socket_folder
from crm.ops.processes import read_pid, stop_leftover

HELD = ".held"


@contextmanager
def scratch(purpose: str):
    """A folder for a while, which the user of the servers may pass through."""
    top = Path(settings.BACKUP_SCRATCH)
    top.mkdir(mode=0o711, parents=True, exist_ok=True)
    clear(top)
    folder = Path(tempfile.mkdtemp(prefix=f"keman-{purpose}-", dir=top))
    folder.chmod(0o711)
    try:
        with (folder / HELD).open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield folder
    finally:
        uploads.forget(folder)


def clear(top: Path) -> None:
    """Take away the folders whose holder was killed, and stop the servers on them."""
    for mark in top.glob(f"keman-*/{HELD}"):
        with suppress(OSError), mark.open("r+") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            stop_server(mark.parent / "postgres")
            shutil.rmtree(socket_folder(mark.parent), ignore_errors=True)
            uploads.forget(mark.parent)


def stop_server(data: Path) -> None:
    """Stop the server that a killed run left on a data folder."""
    stop_leftover(read_pid(data / "postmaster.pid"), ["postgres", str(data)], signal.SIGINT, 60)
