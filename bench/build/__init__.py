"""Building the firm: rows go in by INSERT … SELECT without indexes, which are made afterwards; one file for each noun.

Every noun says its `TABLES` and `fill(run)`s them; `run` executes one statement with the values they all share.
"""

import time

from bench.build import companies, contacts, contracts, events, interactions, leads, moves, opportunities, orders, payments, products, tickets
from bench.build.check import orphans
from bench.build.loading import Run, settle, vacuum, without_indexes
from bench.build.people import people_and_teams, personas
from bench.build.words import words
from crm.core import clock
from reports.kept import summaries
from reports.kept.groups import groups

NOUNS = (products, companies, contacts, leads, opportunities, contracts, orders, payments, interactions, tickets, events, moves)
DAYS = 730

__all__ = ["build", "personas"]


def build(size, say=print):
    """Build a firm of `size` companies with all their records; returns the personas to measure as."""
    people = people_and_teams()
    values = {"n": size, "days": DAYS, "people": len(people["who"]), "now": clock.now(), "today": clock.today()} | people | words()
    run = Run(values, say)
    started = time.perf_counter()
    with without_indexes([table for noun in NOUNS for table in noun.TABLES], say):
        for noun in NOUNS:
            noun.fill(run)
    settle([table for noun in NOUNS for table in noun.TABLES], say)
    _summaries(say)
    say(f"  built in {time.perf_counter() - started:.0f} s; rows without the row they point to: {orphans(say)}")
    return personas()


def _summaries(say):
    """By the product's own verb, so that they are what its reader of the spine would have left."""
    started = time.perf_counter()
    summaries.rebuild()
    say(f"  summaries  {time.perf_counter() - started:.1f} s")
    vacuum([table.name for group in groups for table in group.tables], say)
