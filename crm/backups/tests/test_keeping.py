"""Which backups stay: 14 days, 8 weeks, 12 months, and never a chain without its beginning."""

from datetime import UTC, datetime, timedelta

from crm.backups.entries import FULL, INCREMENTAL, Entry, chain_of
from crm.backups.keeping import kept, prune
from crm.backups.places import Local


def history(days):
    """A full backup each Sunday and an increment on every other day, the last one on Wednesday, 2026-11-18, 04:10 in Shanghai."""
    found, before = [], ""
    for back in range(days - 1, -1, -1):
        moment = datetime(2026, 11, 17, 20, 10, tzinfo=UTC) - timedelta(days=back)
        is_sunday = (moment + timedelta(hours=8)).weekday() == 6
        kind = FULL if is_sunday or not before else INCREMENTAL
        code = f"{moment + timedelta(hours=8):%Y%m%d}-{kind}"
        found.append(Entry(code, kind, moment.isoformat(), moment.isoformat(), based_on="" if kind == FULL else before))
        before = code
    return found


def test_two_weeks_of_days_eight_of_weeks_twelve_months():
    found = history(500)
    stay = sorted(kept(found))
    # 14 days back from 18 November: 5 November, a Thursday, which builds on Sunday, 1 November.
    days = {f"202611{day:02}" for day in range(1, 19)}
    weeks = {"20260927", "20261004", "20261011", "20261018", "20261025", "20261101", "20261108", "20261115"}
    # The first Sunday of each month.
    months = {"20251207", "20260104", "20260201", "20260301", "20260405", "20260503", "20260607", "20260705", "20260802", "20260906", "20261004", "20261101"}
    assert {code[:8] for code in stay} == days | weeks | months


def test_no_chain_is_broken_on_any_day_of_two_years():
    found = []
    for entry in history(700):
        found.append(entry)
        stay = kept(found)
        found = [one for one in found if one.code in stay]
        for one in found:
            assert chain_of(found, one)[0].kind == FULL


def test_of_what_goes_the_entry_goes_first_and_those_that_build_on_it_before(tmp_path):
    removed = []

    class Noting(Local):
        def remove(self, name):
            removed.append(name)

    found = history(30)
    gone = prune(Noting(tmp_path), found)
    assert gone == sorted(gone, reverse=True)
    assert removed == [f"{code}/backup.json" for code in gone]
