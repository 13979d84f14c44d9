"""What a revived backup is asked: are the rows there, do they belong together, do samples say what they said, can one sign in?"""

import json
import logging
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings

from crm.backups.tools import run
from crm.backups.witness import counts_of, hash_of, tables_of
from crm.backups.wording import differing, failing, finding
from crm.core import clock

log = logging.getLogger(__name__)
KEYS = """
SELECT c.conname, c.conrelid::regclass::text, c.confrelid::regclass::text,
       ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY AS k (num, place)
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num ORDER BY place),
       ARRAY(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY AS k (num, place)
             JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num ORDER BY place)
FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace ORDER BY 1
"""


@dataclass
class Proof:
    """The steps of a drill as they came out: name, whether it held, what was found as a code with values, seconds."""

    steps: list = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether every step held."""
        return bool(self.steps) and all(step["ok"] for step in self.steps)

    @contextmanager
    def step(self, name):
        """One step: its block notes what it found; whatever goes wrong makes it fail, and the next ones go on."""
        began, step = clock.monotonic(), {"name": name, "ok": True}
        try:
            yield step
        except Exception as failure:
            log.exception("drill: the step %s failed", name)
            step |= {"ok": False} | failing(failure)
        step["seconds"] = round(clock.monotonic() - began, 1)
        self.steps.append(step)


def note(step, wrong, code, **facts) -> None:
    """What a step found: what is not as it was, or that everything is."""
    step |= {"ok": not wrong} | (differing(wrong) if wrong else finding(code, **facts))


def rows(proof, revived, entry) -> None:
    """The rows of each table against what was counted beside the copying."""
    with proof.step("rows") as step, revived.connect() as line, line.cursor() as cursor:
        found = counts_of(cursor, tables_of(cursor))
        wrong = [f"{name}: {found.get(name)} ({low}–{high})" for name, (low, high) in entry.rows.items() if not low <= found.get(name, -1) <= high]
        note(step, wrong, "counted", rows=sum(found.values()), tables=len(entry.rows))


def foreign_keys(proof, revived) -> None:
    """Every foreign key leads somewhere, read from the tables and not from the promise of the constraint."""
    with proof.step("keys") as step, revived.connect() as line, line.cursor() as cursor:
        cursor.execute(KEYS)
        known, wrong = cursor.fetchall(), []
        for name, child, parent, mine, theirs in known:
            joined = " AND ".join(f'c."{one}" = p."{other}"' for one, other in zip(mine, theirs, strict=True))
            given = " AND ".join(f'c."{one}" IS NOT NULL' for one in mine)
            # Names from the catalogue of the database.
            cursor.execute(f"SELECT count(*) FROM {child} c WHERE {given} AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE {joined})")  # noqa: S608
            if number := cursor.fetchone()[0]:
                wrong.append(f"{name}: {number}")
        note(step, wrong, "linked", number=len(known))


def samples(proof, revived, entry) -> None:
    """Rows picked at random say what they said when the backup was taken."""
    with proof.step("samples") as step, revived.connect() as line, line.cursor() as cursor:
        tables = tables_of(cursor)
        wrong = [f"{name} {key}" for name, key, text in entry.samples if hash_of(cursor, name, tables.get(name), key) != text]
        note(step, wrong, "compared", number=len(entry.samples))


def structures(proof, revived) -> None:
    """PostgreSQL reads every page and every index."""
    with proof.step("structures") as step:
        server = revived.server
        run("pg_amcheck", "-h", server.sockets, "-U", "postgres", "-d", revived.database, "--install-missing", "--no-strict-names")
        note(step, [], "read")


def uploaded(proof, revived, entry) -> None:
    """The uploaded files, by their hashes."""
    with proof.step("files") as step:
        note(step, revived.wrong_files, "unpacked", number=entry.files)


def sign_in(proof, revived, folder) -> None:
    """Somebody signs in through the application, on the revived database."""
    with proof.step("sign_in") as step:
        env = {**os.environ, "DATABASE_URL": revived.url, "KEMAN_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
        env |= {"REDIS_URL": settings.REDIS_URL}
        argv = [sys.executable, str(settings.BASE_DIR / "manage.py"), "prove_sign_in"]
        done = subprocess.run(argv, capture_output=True, text=True, check=False, env=env, timeout=900)  # noqa: S603
        try:
            told = json.loads(done.stdout.strip().splitlines()[-1])
        except (IndexError, ValueError):
            told = {"ok": False} | finding("told", words=(done.stderr or done.stdout).strip()[-300:])
        step.update(told)
