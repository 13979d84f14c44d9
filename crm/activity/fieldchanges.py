"""Which fields an event changed, from what to what: read from the row history, for a whole page in one query."""

import json
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection, models
from django.utils.translation import gettext as _

from crm.activity.wording import value_words
from crm.core.masking import guards, shown
from crm.web import formats

# The old row is in the history; the new one is the next old row of the record, or the record as it is now.
ONE_SQL = """
SELECT %s::text, ((h.pgh_context -> 'event'))::bigint, h.pgh_obj_id, h.pgh_id, to_jsonb(h)::text,
       (CASE WHEN n.pgh_id IS NULL THEN to_jsonb(l) ELSE to_jsonb(n) END)::text
FROM {history} h
LEFT JOIN LATERAL (SELECT * FROM {history} x WHERE x.pgh_obj_id = h.pgh_obj_id AND x.pgh_id > h.pgh_id
                   ORDER BY x.pgh_id LIMIT 1) n ON true
LEFT JOIN {live} l ON l.id = h.pgh_obj_id
WHERE ((h.pgh_context -> 'event'))::bigint = ANY(%s) AND h.pgh_obj_id = ANY(%s)
"""


@dataclass(frozen=True)
class Change:
    """One field that changed, in words for this reader; `old` and `new` are empty where nothing stood or stands."""

    field: str
    label: str
    old: str
    new: str


def history_of(model):
    """The model that keeps the old rows of this one, or None."""
    found = next((f for f in model._meta.related_objects if f.get_accessor_name() == "history"), None)
    return found.related_model if found else None


def rows_changed(wanted):
    """Old and new values by (model, event id, row id): `{column: (old, new)}`, only what differs.

    `wanted` holds such triples; models without history are passed over.
    """
    events, ids = defaultdict(set), defaultdict(set)
    for model, event, pk in wanted:
        if history_of(model):
            events[model].add(event)
            ids[model].add(pk)
    if not events:
        return {}
    parts, values = [], []
    for model in events:
        parts.append(ONE_SQL.format(history=history_of(model)._meta.db_table, live=model._meta.db_table))
        values += [model._meta.label, list(events[model]), list(ids[model])]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts) + " ORDER BY 1, 4", values)
        found = cursor.fetchall()
    return _differences(found, {model._meta.label: model for model in events}, set(wanted))


def changed_by(model, event):
    """What one event changed in rows of this kind: `{id: {column: (old, new)}}`."""
    table = history_of(model)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT pgh_obj_id FROM {table} WHERE ((pgh_context -> 'event'))::bigint = %s", [event])  # noqa: S608 - our own name
        ids = [row[0] for row in cursor.fetchall()]
    return {pk: columns for (_model, _event, pk), columns in rows_changed([(model, event, pk) for pk in ids]).items()}


def _differences(found, by_label, wanted):
    first, last = {}, {}
    for label, event, pk, _number, old, new in found:
        key = (by_label[label], event, pk)
        if key in wanted:
            first.setdefault(key, old)
            last[key] = new
    changed = {}
    for key, old in first.items():
        before, after = _loaded(old), _loaded(last[key]) if last[key] else {}
        columns = (field.column for field in key[0]._meta.concrete_fields)
        changed[key] = {c: (before.get(c), after.get(c)) for c in columns if before.get(c) != after.get(c)}
    return changed


def _loaded(text):
    return json.loads(text, parse_float=Decimal)


def people_see(model, columns, also=()):
    """The fields among these columns that a person may set, so that the change of one is worth a line; `also` names further ones."""
    return [field for field in model._meta.concrete_fields if field.column in columns and (field.editable or field.name in also)]


def references(model, columns, also=()):
    """Pairs of model and id that appear in these changes and need a name."""
    for field in people_see(model, columns, also):
        if field.is_relation:
            yield from ((field.related_model, value) for value in columns[field.column] if value is not None)


def guarded(changed, own):
    """The records on which the mask of a change may hang, by (model, id): `own` and those of guarded kinds, one query each."""
    found, wanted = {(type(own), own.pk): own}, defaultdict(set)
    for model, _event, pk in changed:
        if getattr(model, "noun", None) in guards and (model, pk) not in found:
            wanted[model].add(pk)
    for model, ids in wanted.items():
        rows = model._base_manager.select_related(*guards[model.noun].needs).filter(pk__in=ids)
        found |= {(model, row.pk): row for row in rows}
    return found


def in_words(model, columns, actor, names, record=None, also=()):
    """The changes as this person may read them; hidden fields are left out. `record` is what was changed, as it is now."""
    found = []
    for field in people_see(model, columns, also):
        old, new = (_shown(model, field, value, actor, names, record) for value in columns[field.column])
        if old is not None and new is not None:
            found.append(Change(field.name, str(field.verbose_name), old, new))
    return found


def _shown(model, field, value, actor, names, record):
    if value in (None, "", []):
        return ""
    name = f"{getattr(model, 'noun', model._meta.model_name)}.{field.name}"
    seen = shown(actor, name, _words(name, field, value, names), record=record)
    return None if seen is None else str(seen)


def _words(name, field, value, names):
    if name in value_words:
        return str(value_words[name](value) or value)
    if field.is_relation:
        return names.get((field.related_model, value), str(value))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return _figure(field, field.to_python(value))


def _figure(field, value):
    if isinstance(field, models.DecimalField) and field.decimal_places == 2:
        return formats.money_plain(value)
    if isinstance(field, models.DateTimeField):
        return formats.moment(value)
    if isinstance(field, models.DateField):
        return formats.day(value)
    if isinstance(value, int | Decimal) and not isinstance(field, models.PositiveSmallIntegerField):
        return formats.number(value)
    text = str(value)
    return text if len(text) <= 200 else f"{text[:200]}…"
