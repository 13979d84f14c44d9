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
    day("2026-11-19 04:35")
    assert watching.watch() == []
    assert not Notice.objects.exists()


def test_a_backup_that_did_not_begin_is_told_within_the_hour(day, people):
    day("2026-11-19 04:39")
    assert codes() == []
    day("2026-11-19 04:41")
    assert watching.watch() == ["backups.overdue"]
    assert watching.watch() == ["backups.overdue"]
    assert list(Notice.objects.values_list("user__username", "code")) == [("admin", "backups.overdue")]
    day("2026-11-20 06:25")
    watching.watch()
    assert Notice.objects.count() == 2


def test_one_that_began_in_time_and_is_still_at_work_is_not_missed(day, people):
    day("2026-11-19 04:12")
    Backup.objects.create(kind="incremental", state="running", actor=people.system, started_at=clock.now())
    day("2026-11-19 05:30")
    assert codes() == []


def test_a_drill_that_did_not_begin_is_told_within_the_hour(day, people):
    day("2026-11-22 06:30")
    Backup.objects.create(code="c", kind="full", state="done", actor=people.system, started_at=clock.now(), ended_at=clock.now())
    assert codes() == []
    day("2026-11-22 06:45")
    assert codes() == ["backups.drill_overdue"]
    Job.objects.create(kind=services.DRILL_JOB, state="running", actor=people.system, started_at=clock.now())
    assert codes() == []


def test_a_house_that_was_begun_after_the_hour_has_missed_nothing(db, home, people, at):
    at("2026-11-19 05:00")
    Backup.objects.create(code="a", kind="full", state="done", actor=people.system, started_at=clock.now(), ended_at=clock.now())
    at("2026-11-19 08:00")
    assert codes() == []


def test_a_trouble_is_told_by_mail_once_and_once_more_when_it_is_over(day, people, make_user, post_office, run_jobs):
    """Everybody who keeps the backups reads it in the own language; nobody else gets it, and nobody gets it every hour."""
    make_user("backup", people.office, username="keeper", language="en", email="keeper@example.com")
    day("2026-11-19 06:25")
    watching.watch()
    day("2026-11-19 07:25")
    watching.watch()
    run_jobs()
    first = {letter["To"]: letter for letter in post_office.letters}
    assert sorted(first) == sorted(["keeper@example.com", people.admin.email])
    assert len(post_office.letters) == 2
    assert first["keeper@example.com"]["Subject"] == "Keman CRM: No backup was made in time"
    assert "/operations/backups/" in first["keeper@example.com"].get_content()
    assert first[people.admin.email]["Subject"] != first["keeper@example.com"]["Subject"]
    Backup.objects.create(code="b", kind="full", state="done", actor=people.system, started_at=clock.now(), ended_at=clock.now())
    day("2026-11-19 08:25")
    assert watching.watch() == []
    watching.watch()
    run_jobs()
    after = [letter for letter in post_office.letters[2:] if letter["To"] == "keeper@example.com"]
    assert [letter["Subject"] for letter in after] == ["Keman CRM: In order again"]
    assert "No backup was made in time" in after[0].get_content()
    assert len(post_office.letters) == 4
    assert Notice.objects.filter(code="backups.settled").count() == 2
    day("2026-11-21 08:25")
    watching.watch()
    run_jobs()
    assert len(post_office.letters) == 6, "a new trouble of the same kind is told anew"


def test_a_run_that_failed_is_told_until_one_does_not(day, people):
    Backup.objects.create(
        kind="incremental",
        state="failed",
        actor=people.system,
        started_at=clock.now(),
        ended_at=clock.now(),
        outcome={"code": "no_space", "facts": {"folder": "/there"}},
    )
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
        facts = {"since": "", "code": "no_backup", "facts": {}, "who": "w", "part": "p"}
        check_both(code, facts)
    check_both("backups.settled", {"code": "backups.failed", "facts": {"code": "no_backup", "facts": {}}})


def check_both(code, facts):
    with translation.override("en"):
        english = sayings[code](facts)
    with translation.override("zh-hans"):
        assert sayings[code](facts) != english
