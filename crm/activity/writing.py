"""The rows of events: the activities, the timelines they appear on, and the outbox; in one statement, or by COPY where they are many."""

import json

from django.db import connection

from crm.core import clock, context
from crm.core.bulk import FEW, copy_in, moments

# One round trip and no model instances: every verb pays this.
WRITE_SQL = """
WITH told AS (
    INSERT INTO activity_activity (id, at, actor_id, verb, kind_id, object_id, via, data)
    SELECT id, at, actor, verb, kind, object, %s, data::jsonb
    FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[], %s::text[], %s::int[], %s::bigint[], %s::text[])
         AS rows (id, at, actor, verb, kind, object, data)
    RETURNING id
), shown AS (
    INSERT INTO activity_about (kind_id, object_id, at, activity_id)
    SELECT * FROM unnest(%s::int[], %s::bigint[], %s::timestamptz[], %s::bigint[])
    ON CONFLICT DO NOTHING
)
INSERT INTO activity_pending (activity_id) SELECT id FROM told
"""


# Chinese as it is: as escapes it is twice as long, for the line and for the database to read.
_json = json.JSONEncoder(ensure_ascii=False).encode


def write_rows(events, kind_of):
    """Write these events; `kind_of` gives the content type of a record."""
    if not events:
        return
    now, kinds = clock.now(), {}

    def kind(record):
        model = type(record)
        if model not in kinds:
            kinds[model] = kind_of(record).pk
        return kinds[model]

    rows = [(found.id, found.at or now, found.actor.pk, found.verb, kind(found.subject), found.subject.pk, _json(found.data)) for found in events]
    # Keys of a dict, because a record may be named twice.
    links = {(kind(record), record.pk, found.at or now, found.id): None for found in events for record in (found.subject, *found.also)}
    if len(rows) < FEW:
        with connection.cursor() as cursor:
            cursor.execute(WRITE_SQL, [context.via(), *map(list, zip(*rows, strict=True)), *map(list, zip(*links, strict=True))])
        return
    via, written = context.via(), moments()
    copy_in("activity_activity", ("id", "at", "actor_id", "verb", "kind_id", "object_id", "data", "via"), ((*row, via) for row in rows), [(1, written)])
    copy_in("activity_about", ("kind_id", "object_id", "at", "activity_id"), links, [(2, written)])
    copy_in("activity_pending", ("activity_id",), ((row[0],) for row in rows))
