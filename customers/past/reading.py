"""Rows as they were at a moment: the first old row that was replaced later, else the row as it is (MECHANISMS 4).

Old rows carry the moment of the verb that replaced them. When a row came into being, the row itself says.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection
from django.utils.dateparse import parse_datetime

from crm.activity.fieldchanges import history_of
from crm.activity.models import About, Activity
from crm.activity.spine import kind_of
from customers.past.kinds import known

MOMENT = "coalesce((h.pgh_context ->> 'at')::timestamptz, h.pgh_created_at)"
ROWS_SQL = """
WITH ids AS (SELECT {key} AS id FROM {live} WHERE {column} = ANY(%(holders)s)
             UNION SELECT pgh_obj_id FROM {history} WHERE {column} = ANY(%(holders)s))
SELECT ids.id,
       (SELECT to_jsonb(h)::text FROM {history} h WHERE h.pgh_obj_id = ids.id AND {moment} > %(at)s ORDER BY h.pgh_id LIMIT 1),
       (SELECT to_jsonb(l)::text FROM {live} l WHERE l.{key} = ids.id)
FROM ids ORDER BY ids.id
"""
FIRST_SQL = "SELECT min({moment}) FROM {history} h WHERE ((h.pgh_context -> 'event'))::bigint = ANY(%s)"


@dataclass(frozen=True)
class Row:
    """One row of a customer: its columns `then`, None where it was not there, in the bin or elsewhere; `now` likewise.

    `live` are its columns now wherever it is, None where it was removed for good.
    """

    pk: int
    then: dict | None
    now: dict | None
    live: dict | None


def rows_at(model, column, holders, at: datetime) -> list[Row]:
    """The rows of this model whose `column` named one of these records at that moment, or does so now; one query."""
    if not holders:
        return []
    sql = ROWS_SQL.format(live=model._meta.db_table, history=history_of(model)._meta.db_table, key=model._meta.pk.column, column=column, moment=MOMENT)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"holders": list(holders), "at": at})
        found = cursor.fetchall()
    return [row for pk, old, live in found if (row := _row(pk, old, live, column, set(holders), at)) is not None]


def of_customer(pk, at) -> dict:
    """All rows of a customer, by the noun of their kind; a query for each kind."""
    return {kind.noun: rows_at(kind.model, kind.column, [pk], at) for kind in known()}


def before_event(event_id, company) -> datetime | None:
    """The moment just before an event on a company's timeline, or the bulk change it was a part of, changed its first row; else None."""
    told = About.objects.filter(kind=kind_of(company), object_id=company.pk, activity=event_id)
    activity = Activity.objects.filter(pk=event_id, pk__in=told.values("activity")).first()
    if activity is None:
        return None
    events = [activity.pk, activity.data.get("within", activity.pk)]
    with connection.cursor() as cursor:
        parts = " UNION ALL ".join(f"({FIRST_SQL.format(moment=MOMENT, history=history_of(kind.model)._meta.db_table)})" for kind in known())
        cursor.execute(parts, [events] * len(known()))
        moments = [row[0] for row in cursor.fetchall() if row[0]]
    return min([*moments, activity.at]) - timedelta(microseconds=1)


def _row(pk, old, live, column, holders, at):
    live = _loaded(live)
    then = _there(_loaded(old) or live, column, holders, at)
    now = _there(live, column, holders)
    return Row(pk, then, now, live) if then or now else None


def _there(columns, column, holders, at=None):
    """The columns, where the row was there: under one of these records, not in the bin, and made by that moment."""
    if columns is None or columns[column] not in holders or columns.get("deleted_at"):
        return None
    born = columns.get("created_at")
    return None if at and born and parse_datetime(born) > at else columns


def _loaded(text):
    return json.loads(text, parse_float=Decimal) if text else None
