"""Which versions run here, and whether the tables fit the code."""

import platform
from functools import cache

import django
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from crm import __version__
from crm.ops import broker
from crm.ops.glances import asked_once

PRODUCT = __version__


@asked_once
def postgres() -> str:
    """The version of the database server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return cursor.fetchone()[0].split()[0]


def all_of_them() -> dict[str, str]:
    """Names of programs with their versions; a server that is away has an empty one."""
    server = broker.version()
    name, _blank, number = (server or "Valkey ").partition(" ")
    return {
        "Keman": PRODUCT,
        "PostgreSQL": postgres(),
        name: number,
        "Python": platform.python_version(),
        "Django": django.get_version(),
    }


@asked_once
def pending_migrations() -> list[str]:
    """Steps that the code knows and the database has not taken yet."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in _known() if (app, name) not in applied)


@cache
def _known() -> frozenset:
    """All steps of this code; a running process has always the same."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return frozenset(key for key in loader.disk_migrations if key not in replaced)
