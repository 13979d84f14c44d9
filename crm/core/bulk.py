"""Saving very many records, each with values of its own, in one statement.

Django's `bulk_update` writes a CASE for every field and row, which costs ten times the update itself; its `bulk_create`
passes every value through a dozen calls, which costs as much again as the database takes for the row.
"""

import csv
import json
import secrets
from io import StringIO
from operator import attrgetter

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import DateTimeField, JSONField
from django.db.models.base import ModelState

from crm.core import clock

BATCH = 2000
# Below this an INSERT is as quick, and one statement less.
FEW = 50
# What stands for no value on the way to the database; nobody's text can be this.
NOTHING = f"nothing-{secrets.token_hex(8)}"


def blank(model):
    """A function that makes unsaved rows as `model(**values)` does, in a fifth of the time; for verbs that make thousands.

    The values are those of columns (`company_id`); what is given by a function (a moment, an empty list) has no default here.
    """
    pattern = {name: value for name, value in model().__dict__.items() if name != "_state"}

    def make(**values):
        row = model.__new__(model)
        row.__dict__.update(pattern, _state=ModelState(), **values)
        return row

    return make


def insert_many(records) -> list:
    """Add new records of one kind as they are, and give them their ids: what `bulk_create` does, for thousands."""
    records = list(records)
    if len(records) < FEW:
        return type(records[0])._base_manager.bulk_create(records) if records else records
    model = type(records[0])
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    alias, key = connection.alias, model._meta.pk.attname
    for record, number in zip(records, _reserve(model, len(records)), strict=True):
        setattr(record, key, number)
        record._state.adding, record._state.db = False, alias
    values = attrgetter(*(field.attname for field in fields))
    written = [(place, write) for place, field in enumerate(fields) if (write := _writer(field))]
    copy_in(model._meta.db_table, [field.column for field in fields], map(values, records), written)
    return records


def copy_in(table, columns, rows, written=()):
    """Add rows of plain values to a table by COPY; `written` are places of values that have a form of their own, and the function that gives it."""
    text = StringIO()
    write = csv.writer(text, lineterminator="\n").writerow
    for row in rows:
        told = [NOTHING if value is None else value for value in row]
        for place, form in written:
            if told[place] is not NOTHING:
                told[place] = form(told[place])
        write(told)
    text.seek(0)
    quote = connection.ops.quote_name
    sql = f"COPY {quote(table)} ({', '.join(map(quote, columns))}) FROM STDIN WITH (FORMAT csv, NULL '{NOTHING}')"
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.cursor.copy_expert(sql, text)


def _reserve(model, number):
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [model._meta.db_table, model._meta.pk.column, number])
        return [row[0] for row in cursor.fetchall()]


def _writer(field):
    """How a value of this field is written where it is no plain text."""
    if isinstance(field, JSONField):
        return (field.encoder or json.JSONEncoder)(ensure_ascii=False).encode
    if isinstance(field, DateTimeField):
        return moments()
    return _array if isinstance(field, ArrayField) else None


def moments():
    """A function that writes moments down; that of a whole bulk is the same one in thousands of rows, and written once."""
    last = text = None

    def write(moment):
        nonlocal last, text
        if moment is not last:
            last, text = moment, str(moment)
        return text

    return write


def _array(values):
    """The literal of an array: {"one","with \\"marks\\""}."""
    if not values:
        return "{}"
    parts = ["NULL" if value is None else '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values]
    return "{" + ",".join(parts) + "}"


def store_many(records, *fields):
    """`record.store(*fields)` for many records of one kind at once: one more version each. Array columns are not for this."""
    for record in records:
        record.updated_at = clock.now()
        record.version += 1
    for start in range(0, len(records), BATCH):
        _update(records[start : start + BATCH], [*fields, "updated_at", "version"])
    return records


def _update(records, fields):
    quote, meta = connection.ops.quote_name, records[0]._meta
    columns = [meta.pk, *(meta.get_field(name) for name in fields)]
    names = [quote(column.column) for column in columns]
    given = ", ".join(f"%s::{column.rel_db_type(connection) if column is meta.pk else column.db_type(connection)}[]" for column in columns)
    changes = ", ".join(f"{name} = given.{name}" for name in names[1:])
    # The names come from the model, the values go as parameters.
    sql = (
        f"UPDATE {quote(meta.db_table)} AS kept SET {changes} FROM unnest({given}) AS given ({', '.join(names)}) "  # noqa: S608
        f"WHERE kept.{names[0]} = given.{names[0]}"
    )
    values = [[column.get_db_prep_save(getattr(record, column.attname), connection) for record in records] for column in columns]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
