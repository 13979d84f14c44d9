"""A pytest plugin: a throw-away PostgreSQL and Valkey for one test run, unless the environment names others.

Loaded by `-p` in pytest.ini, because the settings read the addresses before any conftest is seen. The workers of
pytest-xdist inherit the environment and so share the servers of the run that started them.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.ops.embedded import Services, make_folder, urls
from crm.testing import template

ADDRESSES = ("DATABASE_URL", "REDIS_URL")
# Nothing is ever read back from this log: it is kept as short as can be.
HARDLY_LOGGED = {"wal_level": "minimal", "max_wal_senders": "0", "summarize_wal": "off"}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """A wrapper runs before pytest-django's own hook, which loads the settings."""
    missing = [name for name in ADDRESSES if not os.environ.get(name)]
    if missing and not {"-h", "--help", "--version"} & set(early_config.invocation_params.args):
        _start(early_config, missing)
    return (yield)


def _start(config: pytest.Config, missing: list[str]) -> None:
    data_dir = Path(tempfile.mkdtemp(prefix="keman-test-")) / "var"
    make_folder(data_dir)
    data_dir.parent.chmod(0o711)
    services = Services(data_dir, durable=False, options=HARDLY_LOGGED)
    config.add_cleanup(lambda: _stop(services, data_dir.parent))
    services.start()
    addresses = dict(zip(ADDRESSES, urls(data_dir), strict=True))
    os.environ.update({name: addresses[name] for name in missing}, KEMAN_DATA_DIR=str(data_dir))
    if "DATABASE_URL" in missing:
        migrating = template.begin(data_dir)
        config.add_cleanup(lambda: _end(migrating))


def _end(migrating: subprocess.Popen) -> None:
    """A run without a test that needs the database does not wait for it."""
    migrating.terminate()
    migrating.wait()


def _stop(services: Services, folder: Path) -> None:
    """The end of every run, Ctrl-C and a failed start included; a killed run takes its servers along by itself."""
    services.stop()
    shutil.rmtree(services.home, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
