"""G10: the product's own import command on a copy of the firm's database, and the bare COPY of what it wrote into another copy.

Both copies begin as the same firm with the companies of the sheet in it; COPY fills the same tables with all their indexes,
constraints and triggers. The import runs in a process of its own, whose CPU and memory are measured as the system counts them.
"""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg2
from django.conf import settings
from django.db import connection, connections

from bench.imports import sheet
from bench.load import database_url

PEOPLE, COMPANIES = 100_000, 10_000
# What the import writes, in the order of their keys, and by which column its rows are told from those that were there.
TABLES = {
    "activity_activity": "id",
    "customers_contact": "id",
    "customers_contactpoint": "id",
    "activity_about": "activity_id",
    "activity_pending": "activity_id",
    "importexport_importrow": "id",
}


def measure(say, people=PEOPLE, companies=COMPANIES) -> dict:
    """Seconds, rows a second, CPU, peak memory and counts of both imports, and how often the seconds of the bare COPY the larger one took."""
    home, found = connection.settings_dict["NAME"], {}
    with TemporaryDirectory(prefix="keman-bench-") as folder:
        sheets = [Path(folder) / "companies.xlsx", Path(folder) / "contacts.xlsx"]
        sheet.write_companies(sheets[0], companies)
        sheet.write_people(sheets[1], people, companies)
        with _copy(home, f"{home}_begin") as begin:
            found["companies"] = _import(begin, "companies", sheets[0])
            _settle(begin)
            with _copy(begin, f"{home}_import") as database:
                before = _highest(database)
                found["contacts"] = _import(database, "contacts", sheets[1])
                rows = _take_out(database, before, Path(folder))
            with _copy(begin, f"{home}_floor") as database:
                found["copy_s"] = _put_in(database, rows, Path(folder))
        found["times"] = round(found["contacts"]["seconds"] / found["copy_s"], 2)
        for kind in ("companies", "contacts"):
            words = "import of {rows:,} {kind}: {seconds} s, {rows_s:,} a second, {cpu_s} s of CPU, at most {peak_mb} MB; {created:,} created"
            say(words.format(kind=kind, **found[kind]))
        say(f"bare COPY of the same {sum(rows.values()):,} rows: {found['copy_s']} s; the import takes {found['times']} times as long")
    return found


@contextmanager
def _copy(name, copy):
    """A copy of a database for as long as the block lasts; nobody may be connected to the first."""
    connections.close_all()
    with _session("postgres") as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}" STRATEGY = FILE_COPY')
    try:
        yield copy
    finally:
        with _session("postgres") as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


@contextmanager
def _session(database, is_whole=False):
    """A plain connection; with `is_whole` the block is one transaction."""
    known = connection.settings_dict
    session = psycopg2.connect(dbname=database, user=known["USER"], password=known["PASSWORD"] or None, host=known["HOST"], port=known["PORT"] or None)
    session.autocommit = not is_whole
    try:
        with session.cursor() as cursor:
            yield cursor
        session.commit()
    finally:
        session.close()


def _import(database, kind, path):
    """Run the command to its end; exit code 1 says that some rows were rejected."""
    report = path.with_suffix(".json")
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "import", kind, str(path), "--report", str(report)]
    started = time.perf_counter()
    env = {**os.environ, "DATABASE_URL": database_url(database), "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    status, used, peak = _watched(process)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    told = json.loads(report.read_text(encoding="utf-8"))
    if process.returncode > 1 or told["file_error"]:
        raise RuntimeError(f"import of {kind}: {told['file_error']}")
    counts = {name: told[name] for name in ("rows", "created", "duplicates")} | {"rejected": len({line["row"] for line in told["rejected"]})}
    figures = {"seconds": round(seconds, 1), "rows_s": round(told["rows"] / seconds), "cpu_s": round(used.ru_utime + used.ru_stime, 1)}
    return counts | figures | {"peak_mb": peak >> 20}


def _watched(process):
    """Wait for the import to end: its status, what it used, and the most bytes that it and its second process held at a time, shared pages once."""
    peak = 0
    while True:
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            # Where the system does not tell what processes share, the larger of the two stands for both.
            return status, used, peak or used.ru_maxrss << 10
        with suppress(OSError):
            peak = max(peak, sum(map(_held, [process.pid, *_children(process.pid)])))
        time.sleep(0.2)


def _children(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _held(pid):
    """Bytes of a process, each page divided by the number of those who share it."""
    line = next(line for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) << 10


def _settle(database):
    with _session(database) as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def _highest(database):
    with _session(database) as cursor:
        found = {}
        for table, column in TABLES.items():
            cursor.execute(f"SELECT coalesce(max({column}), 0) FROM {table}")
            found[table] = cursor.fetchone()[0]
        return found


def _take_out(database, before, folder):
    """What the import wrote, as files; how many rows of each table."""
    rows = {}
    with _session(database) as cursor:
        for table, column in TABLES.items():
            with (folder / table).open("wb") as file:
                cursor.copy_expert(f"COPY (SELECT * FROM {table} WHERE {column} > {before[table]} ORDER BY {column}) TO STDOUT", file)
            rows[table] = cursor.rowcount
    return rows


def _put_in(database, rows, folder):
    """Seconds of a bare COPY of these files, all in one transaction."""
    with _session(database) as cursor:
        # The rows of outcomes point to their import; it is not part of what is compared.
        cursor.execute("ALTER TABLE importexport_importrow DISABLE TRIGGER ALL")
        cursor.execute("CHECKPOINT")
    started = time.perf_counter()
    with _session(database, is_whole=True) as cursor:
        for table in rows:
            with (folder / table).open("rb") as file:
                cursor.copy_expert(f"COPY {table} FROM STDIN", file)
    return round(time.perf_counter() - started, 1)
