"""The verbs of backups: page, schedule and command all end here."""

import hashlib
from contextlib import suppress
from datetime import datetime

from django.db import DatabaseError

from crm.accounts.models import User
from crm.activity.spine import event
from crm.backups import drilling, events, taking, walog
from crm.backups.entries import entries
from crm.backups.models import Backup, Drill
from crm.backups.places import named, places
from crm.backups.refusals import Damaged, refuse
from crm.backups.wording import failing, finding
from crm.core import clock
from crm.core.policy import require
from crm.jobs import services as jobs

JOB, DRILL_JOB = "backups.take", "backups.drill"


def take(kind, *, by, tell=lambda done, total, note: None) -> Backup:
    """Take a backup now, in this process; the row that tells of it. What went wrong is noted down and raised."""
    require(by, "house.back_up")
    row = Backup.objects.create(kind=kind, actor=by)
    try:
        entry, note = taking.take(kind, tell)
    except Exception as failure:
        if getattr(failure, "code", "") == "busy":
            row.delete()  # who was there first is no failure of the backups, and nobody is alarmed
        else:
            _failed(row, failure, by)
        raise
    with event(events.TAKEN, by=by, subject=row) as found:
        _note(row, entry, state=Backup.State.DONE, note=note, places=[place.name for place in places()])
        found.data.update(code=entry.code, kind=entry.kind, size=entry.size)
    walog.forget()
    reconcile()
    return row


def drill(*, by, code="", place=None) -> Drill:
    """Prove a backup, the newest unless one is named; the row that tells of it, whatever came of it."""
    require(by, "house.back_up")
    where = named(place)[0]
    result = drilling.drill(where, entries(where), code)
    with event(events.DRILLED, by=by) as found:
        row = Drill.objects.create(
            code=result.code, place=result.place, ok=result.ok, steps=result.proof.steps, actor=by, started_at=result.started, ended_at=result.ended
        )
        found.subject = row
        found.data.update(code=row.code, ok=row.ok)
    return row


def start(kind, *, by):
    """Take a backup in the background; the job."""
    require(by, "house.back_up")
    return jobs.start(JOB, by=by, args={"kind": kind})


def start_drill(*, by, code=""):
    """Prove a backup in the background; the job."""
    require(by, "house.back_up")
    return jobs.start(DRILL_JOB, by=by, args={"code": code})


def downloaded(row, part, *, by):
    """Somebody takes a file of a backup away: noted down, and told to all who keep the backups."""
    require(by, "house.fetch_backups")
    with event(events.DOWNLOADED, by=by, subject=row) as found:
        found.data.update(code=row.code, part=part, who=by.name)


def told_otherwise(entry) -> list[Damaged]:
    """That a backup is not described as it was noted when it was taken; nothing where nobody can be asked."""
    with suppress(DatabaseError):
        noted = Backup.objects.filter(code=entry.code).exclude(sha256="").values_list("sha256", flat=True).first()
        if noted and noted != _fingerprint(entry):
            return [refuse("told_otherwise", name=entry.code)]
    return []


def _fingerprint(entry):
    return hashlib.sha256(entry.to_json().encode()).hexdigest()


def reconcile() -> None:
    """Bring the rows in line with what the places hold: what is no longer kept, and what came from another life of this house."""
    held: dict[str, tuple] = {}
    for place in places():
        for entry in entries(place):
            known = held.setdefault(entry.code, (entry, []))
            known[1].append(place.name)
    for row in Backup.objects.filter(state=Backup.State.DONE):
        if row.code not in held:
            row.state = Backup.State.PRUNED
            row.save(update_fields=["state"])
        elif sorted(row.places) != sorted(held[row.code][1]):
            row.places = held[row.code][1]
            row.save(update_fields=["places"])
    known = set(Backup.objects.exclude(code="").values_list("code", flat=True))
    for code, (entry, names) in held.items():
        if code not in known:
            _note(Backup(kind=entry.kind, actor=system(), started_at=datetime.fromisoformat(entry.started_at)), entry, state=Backup.State.DONE, places=names)


def ship() -> int:
    """Put the finished pieces of the log of changes away, unless somebody else is at work on the backups; how many."""
    try:
        with taking.alone():
            return walog.ship()
    except Damaged as busy:
        if busy.code == "busy":
            return 0
        raise


def forget_interrupted() -> int:
    """Note down as failed what nobody is at any more: the holder of the folder was killed."""
    with taking.alone():
        left = Backup.objects.filter(state=Backup.State.RUNNING)
        return left.update(state=Backup.State.FAILED, ended_at=clock.now(), outcome=finding("interrupted"))


def _note(row, entry, *, state, note=None, places=()):
    row.code, row.kind, row.based_on, row.state = entry.code, entry.kind, entry.based_on, state
    row.ended_at, row.size, row.key, row.files = entry.ended, entry.size, entry.key, entry.files
    row.rows, row.places, row.outcome = sum(low for low, _high in entry.rows.values()), list(places), note or {}
    row.sha256 = _fingerprint(entry)
    row.save()


def _failed(row, failure, by):
    with event(events.FAILED, by=by, subject=row) as found:
        row.state, row.ended_at, row.outcome = Backup.State.FAILED, clock.now(), failing(failure)
        row.save(update_fields=["state", "ended_at", "outcome"])
        found.data.update(kind=row.kind, **row.outcome)


def system():
    """Whose the runs are that nobody asked for."""
    return User.objects.with_rights().get(is_system=True)
