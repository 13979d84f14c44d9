"""A backup that failed or did not happen is told within the hour, once a day for each reason."""

import os

import pytest
from django.utils import translation

from crm.backups import services, watching
from crm.backups.models import Backup, Drill
from crm.core import clock
from crm.jobs.models import Job
from crm.notifications.models import Notice
from crm.notifications.notices import sayings


@pytest.fixture
def day(db, home, people, at):
    """An ordinary morning with a good backup and a good drill behind it."""
    at("2026-11-18 04:20")
    Backup.objects.create(code="a", kind="full", state="done", actor=people.system, started_at=clock.now(), ended_at=clock.now())
    Drill.objects.create(code="a", place="local", ok=True, actor=people.system, started_at=clock.now(), ended_at=clock.now())
    return at


def codes():
    return [code for code, _facts in watching.reasons()]


def test_when_all_is_well_nobody_is_told(day):
    day("2026-11-19 05:00")
    assert watching.watch() == []
    assert not Notice.objects.exists()


def test_a_day_without_a_backup_is_told_after_its_hours(day, people):
    day("2026-11-19 06:15")
    assert codes() == []
    day("2026-11-19 06:25")
    assert watching.watch() == ["backups.overdue"]
    assert watching.watch() == ["backups.overdue"]
    assert list(Notice.objects.values_list("user__username", "code")) == [("admin", "backups.overdue")]
    day("2026-11-20 06:25")
    watching.watch()
    assert Notice.objects.count() == 2


def test_a_run_that_failed_is_told_until_one_does_not(day, people):
    Backup.objects.create(kind="incremental", state="failed", actor=people.system, started_at=clock.now(), ended_at=clock.now(), message="no room")
    assert codes() == ["backups.failed"]
    Backup.objects.create(code="b", kind="full", state="done", actor=people.system, started_at=clock.now(), ended_at=clock.now())
    assert codes() == []


def test_a_run_whose_process_was_killed_counts_as_failed(day, people):
    Backup.objects.create(kind="incremental", state="running", actor=people.system)
    assert watching.watch() == ["backups.failed"]
    assert Backup.objects.get(kind="incremental").state == "failed"


def test_a_drill_that_failed_or_did_not_happen_is_told(day, people):
    Drill.objects.create(code="a", place="local", ok=False, actor=people.system, started_at=clock.now(), ended_at=clock.now())
    assert codes() == ["backups.drill_failed"]
    day("2026-11-26 04:30")
    Drill.objects.all().delete()
    assert "backups.drill_overdue" in codes()


def test_a_log_that_is_not_put_away_is_told(day, home):
    (home / "wal").mkdir()
    piece = home / "wal" / "000000010000000000000003"
    piece.write_bytes(b"x")
    assert codes() == []
    os.utime(piece, (0, 0))
    assert codes() == ["backups.log_waits"]


def test_a_new_house_begins_with_its_first_backup_and_no_alarm(db, home, people):
    assert watching.watch() == []
    (job,) = Job.objects.all()
    assert (job.kind, job.args) == (services.JOB, {"kind": "full"})
    assert not Notice.objects.exists()


def test_every_notice_has_words_in_both_languages(day, people):
    for code in ("backups.failed", "backups.overdue", "backups.drill_failed", "backups.drill_overdue", "backups.log_waits", "backups.downloaded"):
        facts = {"message": "m", "since": "", "code": "c", "who": "w", "part": "p"}
        with translation.override("en"):
            english = sayings[code](facts)
        with translation.override("zh-hans"):
            assert sayings[code](facts) != english
