"""Keeping the summaries: a reader of the spine recomputes the cells that a batch of events touched (MECHANISMS 5).

Touched are the cells where the rows of the events stand now, and those where they stood before, as the row history
says. Both are computed anew from the rows, so that an event read twice does no harm. One lock lets one dispatcher in at a time.
"""

import logging

from django.db import connection, transaction

from crm.activity.models import About
from crm.activity.readers import reader
from crm.activity.spine import kind_of
from reports.kept.groups import groups
from reports.kept.table import parameters

LOCK = 2_026_050_100
OF_EVENTS = "(pgh_context -> 'event')::bigint = ANY(%(events)s)"
log = logging.getLogger(__name__)


@reader("funnel")
def read(batch):
    """Recompute what these activities touched."""
    events = _with_outer(batch)
    with connection.cursor() as cursor:
        _lock(cursor)
        for group in groups:
            _recompute(cursor, group, events, batch)


def rebuild():
    """Make all summaries anew from the rows, set-based."""
    with transaction.atomic(), connection.cursor() as cursor:
        _lock(cursor)
        for group, table in _tables():
            cursor.execute(f"DELETE FROM {table.name}")
            cursor.execute(table.rebuild(), parameters() | group.given)


def differences() -> dict[str, int]:
    """How many cells of each summary are not what the rows say, compared both ways; what is still in the outbox counts too."""
    found = {}
    with transaction.atomic(), connection.cursor() as cursor:
        _lock(cursor)
        for group, table in _tables():
            cursor.execute(table.compare(), parameters() | group.given)
            found[table.name] = cursor.fetchone()[0]
    return found


def prove() -> dict[str, int]:
    """Compare, and heal by rebuilding where anything differs; gives the differences that were found."""
    found = differences()
    if any(found.values()):
        log.error("summaries differed from the rows and were made anew: %s", found)
        rebuild()
    return found


def _tables():
    return [(group, table) for group in groups for table in group.tables]


def _lock(cursor):
    """In a statement of its own, so that what is read afterwards is what the one before us committed.

    Whoever makes all summaries anew may take minutes: waiting for it is no fault, so the limits of pages do not hold here.
    """
    cursor.execute("SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0")
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _with_outer(batch):
    """The events, and those inside which they happened: rows changed in bulk carry the outer one in their history."""
    return sorted({found for event in batch for found in (event.pk, event.data.get("within")) if found})


def _now_and_before(model, columns):
    table, history = model._meta.db_table, model.history.rel.related_model._meta.db_table
    before = columns.replace("id,", "pgh_obj_id AS id,", 1)
    return f"(SELECT {columns} FROM {table} WHERE id = ANY(%(ids)s) UNION ALL SELECT {before} FROM {history} WHERE {OF_EVENTS})"


def _recompute(cursor, group, events, batch):
    ids = _subjects(cursor, group, batch, events)
    if not ids:
        return
    touched = group.lines(_now_and_before(group.model, group.columns))
    given = parameters() | group.given | {"ids": ids, "events": events}
    for table in group.tables:
        cursor.execute(table.forget(touched), given)
        cursor.execute(table.compute(touched), given)


def _subjects(cursor, group, batch, events):
    """Whom the events are about, and whom they changed without saying so, as a hand-over changes all that lies under a company."""
    about = About.objects.filter(kind=kind_of(group.model), activity__in=[event.pk for event in batch])
    history = group.model.history.rel.related_model._meta.db_table
    cursor.execute(f"SELECT DISTINCT pgh_obj_id FROM {history} WHERE {OF_EVENTS}", {"events": events})
    changed = {row[0] for row in cursor.fetchall()}
    further = group.also([event.pk for event in batch]) if group.also else set()
    return sorted({*about.values_list("object_id", flat=True), *changed, *further})
