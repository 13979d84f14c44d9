"""Reading no more than is shown: a column that nobody looks at is built into the statement, fetched and made an attribute all the same."""

from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def one(rows: QuerySet[Row]) -> Row | None:
    """The only row of a selection, or None. `first()` would put it in order, and for that Django hashes every column it selects."""
    return next(iter(rows.order_by()[:1]), None)


def with_names(rows: QuerySet, *paths: str) -> QuerySet:
    """The rows with these related records at hand; of one whose model says what it is NAMED_BY, only that is read."""
    return rows.select_related(*paths).defer(*_unread(rows.model, paths))


def keys_of(selections: Iterable[tuple[int, QuerySet]]) -> set[tuple[int, int]]:
    """Which rows several selections hold, as (mark of the selection, id): one statement, which Django's own union builds at five times the cost."""
    parts, values = [], []
    for mark, rows in selections:
        with suppress(EmptyResultSet):
            sql, given = rows.order_by().values_list("pk").query.sql_with_params()
            parts.append(f"SELECT {int(mark)}, x.id FROM ({sql}) x(id)")  # noqa: S608 - compiled by Django, with its own parameters
            values += given
    if not parts:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return set(cursor.fetchall())


@cache
def _unread(model, paths):
    found = []
    for path in paths:
        related = model
        for step in path.split("__"):
            related = related._meta.get_field(step).related_model
        named_by = getattr(related, "NAMED_BY", None)
        if named_by and not any(other.startswith(f"{path}__") for other in paths):
            found += [f"{path}__{field.name}" for field in related._meta.concrete_fields if not field.primary_key and field.name not in named_by]
    return found
