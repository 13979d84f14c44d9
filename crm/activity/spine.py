"""Writing the spine: a verb opens an event, changes rows, and both are committed together.

with change("companies.updated", company, by=actor, right="companies.edit") as (company, event):
    company.name = name
    company.store("name")
    event.data["changed"] = ["name"]
"""

import json
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, models, transaction

from crm.activity import only_once, wake
from crm.activity.models import OwnershipChange, StateChange
from crm.activity.writing import write_rows
from crm.core import clock, room
from crm.core.errors import conflict_of
from crm.core.policy import require

# The id is reserved first and handed to the history triggers, so that every old row names the event
# that replaced it, and the moment by the clock of the house; one statement does both.
OPEN_SQL = """
WITH reserved AS (SELECT nextval('activity_activity_id_seq') AS id)
SELECT id, set_config('pghistory.context_id', gen_random_uuid()::text, true),
       set_config('pghistory.context_metadata', json_build_object('event', id, 'at', %s::text)::text, true) FROM reserved
"""
REOPEN_SQL = "SELECT set_config('pghistory.context_metadata', %s, true)"


@dataclass
class Event:
    """One change on its way into the spine."""

    id: int
    verb: str
    actor: object
    subject: models.Model | None = None
    data: dict = field(default_factory=dict)
    also: list = field(default_factory=list)
    # When it happened, if that was not now.
    at: datetime | None = None
    # When the verb began: the old rows it leaves carry this moment.
    opened: datetime | None = None
    # The record an earlier, equal request made: the verb returns it and nothing is written again.
    repeated: models.Model | None = None

    def about(self, *records):
        """Show the event on the timelines of these records too; None is passed over."""
        self.also.extend(record for record in records if record is not None)

    def about_of(self, row, *names):
        """Show the event on the timelines of the records these foreign keys of a row name; nothing is loaded for it."""
        for key in map(row._meta.get_field, names):
            pk = getattr(row, key.attname)
            if pk is not None:
                self.also.append(key.related_model(pk=pk))


_open: ContextVar[Event | None] = ContextVar("open_event", default=None)


def current_event() -> Event | None:
    """The event that is being written at this moment, if any."""
    return _open.get()


@contextmanager
def event(verb, *, by, subject=None, data=None):
    """Open a transaction and an event in it; on leaving, write the event or, on an error, nothing at all."""
    outer = _open.get()
    if outer is None:
        room.refuse_without(verb)
    with _spoken(), transaction.atomic():
        opened = clock.now()
        found = Event(_reserve(opened), verb, by, subject, dict(data or {}), opened=opened)
        token = _open.set(found)
        try:
            yield found
        finally:
            _open.reset(token)
        if found.subject is not None and found.repeated is None:
            write([found])
        if outer:
            _reopen(outer)


@contextmanager
def change(verb, record, *, by, right=None):
    """Lock the record, ask whether this person may, and give back the fresh row with its event."""
    with event(verb, by=by) as found:
        fresh = lock(record)
        if right:
            require(by, right, fresh)
        found.subject = fresh
        yield fresh, found


@contextmanager
def creation(verb, *, by, right=None, once="", given=None):
    """An event about a record that does not exist yet: set `event.subject` before leaving.

    With a key in `once`, a second call with the same key and the same `given` values finds the first record in
    `event.repeated`; the same key with other values is refused.
    """
    with event(verb, by=by) as found:
        if right:
            require(by, right)
        ticket = only_once.claim(by, once, given) if once else None
        found.repeated = ticket.record if ticket else None
        yield found
        if ticket and not found.repeated:
            ticket.settle(found.subject, kind_of(found.subject))


def lock(record):
    """The row as it is now, held until the transaction ends; rows that point to it can still be added meanwhile."""
    return record._meta.concrete_model._base_manager.select_for_update(of=("self",), no_key=True).get(pk=record.pk)


def write(events):
    """Write events with their links and outbox rows, one statement for thousands of them, and wake the readers."""
    write_rows(events, kind_of)
    wake.after_commit()


def record_many(verb, subjects, *, by, data=None, about=None, at=None):
    """Write one event for each subject of a bulk change; `data`, `about` and `at` are functions of the subject.

    `at` dates what happened before the house knew of it; it is now unless said otherwise.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('activity_activity_id_seq') FROM generate_series(1, %s)", [len(subjects)])
        ids = [row[0] for row in cursor.fetchall()]
    outer = _open.get()
    events = []
    for number, subject in zip(ids, subjects, strict=True):
        found = Event(number, verb, by, subject, dict(data(subject) if data else {}), at=at(subject) if at else None)
        if outer:
            found.data["within"] = outer.id
        found.about(*(about(subject) if about else ()))
        events.append(found)
    write(events)
    return events


def owner_changed(found, record, *, from_owner=None, from_pool=None, cause, reason=""):
    """Add a row to the ledger of ownership for the record as it now is."""
    return OwnershipChange.objects.create(
        kind=kind_of(record),
        object_id=record.pk,
        from_owner_id=from_owner,
        to_owner_id=record.owner_id,
        from_pool_id=from_pool,
        to_pool_id=getattr(record, "pool_id", None),
        cause=cause,
        reason=reason,
        actor=found.actor,
        at=clock.now(),
        activity_id=found.id,
    )


def state_changed(found, record, *, from_state, to_state):
    """Add a row to the ledger of states."""
    return StateChange.objects.create(
        kind=kind_of(record),
        object_id=record.pk,
        from_state=from_state,
        to_state=to_state,
        actor=found.actor,
        at=clock.now(),
        activity_id=found.id,
    )


def kind_of(record_or_model):
    """The content type of a record, cached for the life of the process."""
    return ContentType.objects.get_for_model(record_or_model, for_concrete_model=True)


@contextmanager
def _spoken():
    try:
        yield
    except IntegrityError as error:
        refusal = conflict_of(error)
        if refusal is None:
            raise
        raise refusal from error


def _reserve(opened):
    with connection.cursor() as cursor:
        cursor.execute(OPEN_SQL, [opened.isoformat()])
        return cursor.fetchone()[0]


def _reopen(outer):
    with connection.cursor() as cursor:
        cursor.execute(REOPEN_SQL, [json.dumps({"event": outer.id, "at": outer.opened.isoformat()})])
