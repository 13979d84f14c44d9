"""Scratch data folders that the services' user can reach, and no process left over from any test."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crm.ops.embedded import Services, socket_folder


@contextmanager
def scratch() -> Iterator[Path]:
    """Not pytest's own folder: root's are closed to everybody else."""
    top = Path(tempfile.mkdtemp(prefix="keman-ops-"))
    top.chmod(0o711)
    yield top / "var"
    shutil.rmtree(socket_folder(top / "var"), ignore_errors=True)
    shutil.rmtree(top, ignore_errors=True)


@pytest.fixture
def data_dir():
    with scratch() as folder:
        yield folder


@pytest.fixture
def services(data_dir):
    pair = Services(data_dir, durable=False)
    yield pair
    pair.stop()


@pytest.fixture
def alive():
    """Whether a process number names a running process; a zombie does not run."""

    def look(pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        state = Path(f"/proc/{pid}/stat")
        return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")

    return look
