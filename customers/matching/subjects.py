"""The nouns that are looked through for duplicates; each room registers how its records are found and what is told of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection, models

from crm.core.registry import Registry
from customers.matching.facts import Facts

# Of one value no more records are looked at: a switchboard or a common name may be shared by thousands.
MOST = 20


@dataclass(frozen=True)
class Subject:
    """A noun that can be found again.

    `find(keys)` gives the live records that carry one of these keys (pairs of kind and value), whoever may see them, each
    with its facts, in a constant number of queries. `against` are the nouns that a new record is compared with. `right`
    lets a person be told of records outside his scope when he adds one of these; `tells_all` says that others learn at
    least that there is one.
    `typed(query)` reads the facts from what is being typed, whatever does not fit left out. `joins(record, by)` says
    whether a new one may be added to this record instead of standing beside it.
    """

    noun: str
    label: object
    model: type[models.Model]
    find: Callable[[set], Iterable[tuple[models.Model, Facts]]]
    against: tuple[str, ...]
    right: str
    url: str
    typed: Callable[[dict], Facts]
    tells_all: bool = False
    joins: Callable[[models.Model, object], bool] = lambda record, by: False


subjects: Registry[Subject] = Registry("subject of matching")


@dataclass(frozen=True)
class Probe:
    """One question to one index: rows of `table` of which `where` is true, an SQL condition on each `wanted` of the values.

    `id` is the column that names the record.
    """

    table: str
    where: str
    values: list
    id: str = "id"


def ids_of(probes: list[Probe]) -> list[int]:
    """The ids that these probes find, at most MOST for each value, in one query that only walks indexes."""
    parts, params = [], []
    for probe in probes:
        if probe.values:
            # Table and condition come from the code, the values go as parameters.
            parts.append(
                f"SELECT found.id FROM unnest(%s::text[]) AS wanted CROSS JOIN LATERAL "  # noqa: S608
                f"(SELECT {probe.id} AS id FROM {probe.table} WHERE {probe.where} LIMIT {MOST}) AS found"
            )
            params.append(sorted(probe.values))
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(parts), params)
        return [row[0] for row in cursor.fetchall()]


def by_kind(keys) -> dict[str, list]:
    """Keys sorted by their kind."""
    found: dict[str, list] = {}
    for kind, value in keys:
        found.setdefault(kind, []).append(value)
    return found
