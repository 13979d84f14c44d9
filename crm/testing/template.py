"""The migrated database that every process of a test run copies: made once, by a process of its own, while pytest still collects."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

from crm.ops.postgres import DATABASE as NAME
from crm.ops.programs import postgres_programs
from crm.ops.service_user import service_user

ROOT = Path(__file__).resolve().parents[2]
LOCK = "KEMAN_TEST_TEMPLATE"  # in the environment: the file that is locked until the template is there


def begin(data_dir: Path) -> subprocess.Popen:
    """Start to migrate the database of that data folder; the environment names its server already."""
    lock = data_dir / "template.lock"
    os.environ[LOCK] = str(lock)
    with lock.open("w") as held, (data_dir / "log" / "template.log").open("w") as log:
        fcntl.flock(held, fcntl.LOCK_EX)
        # The lock goes over to the process that migrates, and is given back when that ends, in whatever way.
        return subprocess.Popen(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=ROOT,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "crm.settings.test"},
            pass_fds=[held.fileno()],
            stdout=log,
            stderr=log,
        )


def wait() -> str | None:
    """The name of the template as soon as it is there; none where the run uses a server of somebody else.

    A template that could not be finished is copied as it is: the copy is migrated on, and fails where everybody sees it.
    """
    if LOCK not in os.environ:
        return None
    with Path(os.environ[LOCK]).open() as held:
        fcntl.flock(held, fcntl.LOCK_SH)
    return NAME


def pour_into(url: str) -> bool:
    """Fill the empty database of another server with it; false where there is no template."""
    if wait() is None:
        return False
    programs = postgres_programs(service_user())
    dump = subprocess.run([programs / "pg_dump", "--dbname", os.environ["DATABASE_URL"]], check=True, capture_output=True)
    subprocess.run([programs / "psql", "--quiet", "--set=ON_ERROR_STOP=1", "--dbname", url], input=dump.stdout, check=True, capture_output=True)
    return True
