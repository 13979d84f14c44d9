"""Measuring a page: statements, database time, CPU, bytes and the spread of its wall time, in this process."""

import gzip
import statistics
import time
from dataclasses import asdict, dataclass, field

from django.db import connection
from django.test import Client


@dataclass
class Figures:
    """One line of the report; times in milliseconds, of the median call unless said otherwise."""

    name: str
    sql: int = 0
    db_ms: float = 0
    cpu_ms: float = 0
    kb: float = 0
    gzip_kb: float = 0
    p50_ms: float = 0
    p95_ms: float = 0
    bare_ms: float | None = None
    note: str = ""
    slowest: list = field(default_factory=list)

    def as_dict(self):
        """For the JSON report."""
        return asdict(self)


class Watch:
    """Counts statements and adds up the time the database took."""

    def __init__(self):
        self.reset()

    def reset(self):
        """Begin anew."""
        self.count, self.seconds, self.statements = 0, 0.0, []

    def __call__(self, execute, sql, params, many, context):
        """Time one statement."""
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = time.perf_counter() - started
            self.count += 1
            self.seconds += took
            self.statements.append((took * 1000, sql))


def client_for(user, backend="crm.accounts.backend.SignIn"):
    """A browser signed in as this person."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user, backend=backend)
    return client


def measure(name, call, *, rounds=20, bare=None, note=""):
    """Call it often; the bare SQL of the same question, when given, is timed in turn with it."""
    watch = Watch()
    walls, cpus, times, counts, bares, body = [], [], [], [], [], b""
    call(), call()  # warm caches and plans
    slowest = []
    for _round in range(rounds):
        if bare:
            bares.append(_timed_sql(*bare))
        watch.reset()
        with connection.execute_wrapper(watch):
            cpu, wall = time.process_time(), time.perf_counter()
            response = call()
            walls.append((time.perf_counter() - wall) * 1000)
            cpus.append((time.process_time() - cpu) * 1000)
        if response is not None and response.status_code >= 400:
            raise RuntimeError(f"{name}: {response.status_code}")
        body = getattr(response, "content", b"") or b""
        times.append(watch.seconds * 1000)
        counts.append(watch.count)
        slowest = sorted(watch.statements, reverse=True)[:3]
    return Figures(
        name=name,
        sql=round(statistics.median(counts)),
        db_ms=round(statistics.median(times), 2),
        cpu_ms=round(statistics.median(cpus), 2),
        kb=round(len(body) / 1024, 1),
        gzip_kb=round(len(gzip.compress(body, 6)) / 1024, 1),
        p50_ms=round(statistics.median(walls), 2),
        p95_ms=round(sorted(walls)[max(0, round(0.95 * len(walls)) - 1)], 2),
        bare_ms=round(statistics.median(bares), 2) if bares else None,
        note=note,
        slowest=[(round(took, 2), sql[:2000]) for took, sql in slowest],
    )


def _timed_sql(sql, params):
    with connection.cursor() as cursor:
        started = time.perf_counter()
        cursor.execute(sql, params)
        cursor.fetchall()
        return (time.perf_counter() - started) * 1000
