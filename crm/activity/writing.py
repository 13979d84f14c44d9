"""The rows of events in one statement: the activities, the timelines they appear on, and the outbox."""

import json

from django.db import connection

from crm.core import clock, context

BATCH = 2000
# One round trip and no model instances: every verb pays this, a bulk change for thousands of rows at once.
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


def write_rows(events, kind_of):
    """Write these events; `kind_of` gives the content type of a record."""
    with connection.cursor() as cursor:
        for start in range(0, len(events), BATCH):
            batch, now = events[start : start + BATCH], clock.now()
            cursor.execute(WRITE_SQL, [context.via(), *_columns(batch, kind_of, now), *_links(batch, kind_of, now)])


def _columns(events, kind_of, now):
    return (
        [found.id for found in events],
        [found.at or now for found in events],
        [found.actor.pk for found in events],
        [found.verb for found in events],
        [kind_of(found.subject).pk for found in events],
        [found.subject.pk for found in events],
        [json.dumps(found.data) for found in events],
    )


def _links(events, kind_of, now):
    links = {(kind_of(record).pk, record.pk, found.at or now, found.id): None for found in events for record in (found.subject, *found.also)}
    return map(list, zip(*links, strict=True))
