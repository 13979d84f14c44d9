"""Full, increment, check, drill, and both ways back, each measured by itself."""

import json
import os
import shutil
import threading
import time
from dataclasses import asdict, dataclass

from bench.backups.house import House
from crm.ops.embedded import Services

EVERY = 0.5  # seconds between two looks at the disk
CHANGED, ADDED = 10_000, 10_000
WORK = (
    ("UPDATE customers_company SET name = name WHERE id IN (SELECT id FROM customers_company ORDER BY id LIMIT %s)", CHANGED),
    ("INSERT INTO accounts_team (name) SELECT 'bench ' || n FROM generate_series(1, %s) n", ADDED),
)


@dataclass(frozen=True)
class Taken:
    """One step: wall time and CPU in seconds, the most room it took beyond what was taken before, and what it told."""

    name: str
    seconds: float
    cpu: float
    peak_gb: float
    load: float
    told: dict

    def __str__(self):
        return f"{self.name:24} {self.seconds:7.1f} s  {self.cpu:7.1f} s CPU  at most {self.peak_gb:5.1f} GB more  load {self.load:.1f}"

    def as_dict(self):
        return asdict(self)


def measure(house: House, say) -> list[Taken]:
    """The whole way, step by step; what came back is compared by its rows."""
    steps = []

    def take(name, *words):
        steps.append(_timed(house, name, lambda: house.command(*words, "--json")))
        say(str(steps[-1]))
        return steps[-1].told

    house.command("migrate", "--verbosity", "0")
    take("full backup", "backup", "full")
    for statement, number in WORK:
        house.ask(statement, number)
    rows = _rows(house)  # before the increment writes down that it was taken
    increment = take("increment", "backup", "incremental")["backup"]
    take("verify", "backup", "verify", "--all")
    take("drill", "backup", "drill")
    house.services.stop()
    take("restore, in place", "restore", "--to", increment)
    house.services = Services(house.folder, options=house.services.options)
    house.services.postgres.start()
    _same(rows, _rows(house))
    for kept in (*house.services.home.glob("postgres.before-*"), *house.folder.glob("files.before-*")):
        shutil.rmtree(kept)
    take("restore, new database", "restore", "--to", increment, "--into", "restored")
    _same(rows, _rows(house, "restored"))
    return steps


def _timed(house, name, act):
    began, cpu, free = time.monotonic(), house.cpu(), shutil.disk_usage(house.folder).free
    least, over = [free], threading.Event()

    def look():
        while not over.wait(EVERY):
            least[0] = min(least[0], shutil.disk_usage(house.folder).free)

    looker = threading.Thread(target=look)
    looker.start()
    try:
        told = json.loads(act().splitlines()[-1])
    finally:
        over.set()
        looker.join()
    seconds = time.monotonic() - began
    return Taken(name, round(seconds, 1), round(house.cpu() - cpu, 1), round((free - least[0]) / 1e9, 2), round(os.getloadavg()[0], 1), told)


def _rows(house, database="crm"):
    tables = ("customers_company", "customers_contact", "deals_opportunity", "activity_activity", "accounts_team")
    return {name: house.ask(f"SELECT count(*) FROM {name}", on=database)[0][0] for name in tables}


def _same(before, after):
    if before != after:
        raise RuntimeError(f"not everything came back: {before} {after}")
