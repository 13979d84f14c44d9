"""Which record should stay, and which value of each field: what a person finds proposed on the page and what a program gets."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count

from crm.core.masking import may_write
from customers.merging.kinds import ALL, FULLEST, NEWEST, OWN, SUREST, kinds
from customers.merging.relations import counted

MOST = 20


@dataclass(frozen=True)
class Counts:
    """How many rows of each counted relation point to each record: `by_record[id][relation name]`."""

    relations: list
    by_record: dict

    def of(self, record):
        """Pairs of words and number for one record, without the empty ones."""
        found = self.by_record[record.pk]
        return [(relation.words, found[relation.name]) for relation in self.relations if found.get(relation.name)]

    def total(self, record):
        """All of them together."""
        return sum(self.by_record[record.pk].values())

    @property
    def all(self):
        """All rows of all records."""
        return sum(sum(found.values()) for found in self.by_record.values())


def counts_of(model, ids) -> Counts:
    """How much hangs on each of these records: one statement, however many relations and records there are."""
    relations, by_record = counted(model), {pk: {} for pk in ids}
    parts, values = [], []
    for relation in relations:
        rows = relation.rows(model, ids).order_by().values(relation.field).annotate(n=Count("pk")).values_list(relation.field, "n")
        sql, given = rows.query.sql_with_params()
        parts.append(f"SELECT %s, f.* FROM ({sql}) f")  # noqa: S608 - a query of ours
        values += [relation.name, *given]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for name, pk, number in cursor.fetchall():
            by_record[pk][name] = number
    return Counts(relations, by_record)


def best_survivor(records, counts):
    """The record with most history, then the one last spoken to, then the fullest, then the oldest."""
    fullness = kinds[records[0].noun].fullness
    return max(records, key=lambda row: (counts.total(row), _moment(row.last_contact_at), fullness(row), -row.pk))


def best_holder(survivor, records):
    """Whose owner looks after the result: the survivor's, unless nobody owns it."""
    return survivor if survivor.owner_id else next((row for row in newest_first(records) if row.owner_id), survivor)


def proposal(kind, survivor, records, by):
    """The value of every field as it is proposed: `{field: value}`.

    What this person may not write stays as the survivor has it.
    """
    return {choice.field: _proposed(kind, choice, survivor, records, by) for choice in kind.choices}


def candidates(choice, records):
    """The different values of a field that are there, each with the first record that has it."""
    found = {}
    for row in records:
        value = value_of(row, choice.field)
        if value not in (None, "", []) and not _is_one_of(value, records):
            found.setdefault(_key(value), (value, row))
    return list(found.values())


def value_of(record, field):
    """The value of a field, a list as a list."""
    return getattr(record, field)


def together(values):
    """Lists put together in their order, each entry once; texts below each other."""
    if any(isinstance(value, list) for value in values):
        return list(dict.fromkeys(entry for value in values for entry in value))
    return "\n\n".join(dict.fromkeys(value for value in values if value))


def newest_first(records):
    """The records in the order of their last change."""
    return sorted(records, key=lambda row: (row.updated_at, row.pk), reverse=True)


def _proposed(kind, choice, survivor, records, by):
    own = value_of(survivor, choice.field)
    if choice.guarded and not may_write(by, choice.guarded, is_new=False):
        return own
    own_first = [survivor, *newest_first([row for row in records if row.pk != survivor.pk])]
    values = [value for value, _row in candidates(choice, own_first)]
    if not values:
        return own if not _is_one_of(own, records) else None
    if choice.prefer == ALL:
        return together(values)
    return _PREFERRED[choice.prefer](kind, choice, own_first, values)


def _newest(kind, choice, own_first, values):
    return candidates(choice, newest_first(own_first))[0][0]


def _surest(kind, choice, own_first, values):
    sure = [value for value, _row in candidates(choice, [row for row in own_first if kind.surest(row)])]
    known = sure or values
    return ([value for value in known if choice.full(value)] or known)[0]


def _fullest(kind, choice, own_first, values):
    """The survivor's value, unless another one says the same and more."""
    return max((value for value in values if str(values[0]) in str(value)), key=lambda value: len(str(value)))


_PREFERRED = {OWN: lambda kind, choice, own_first, values: values[0], NEWEST: _newest, SUREST: _surest, FULLEST: _fullest}


def _is_one_of(value, records):
    """A record cannot point to itself, nor to one that is merged into it."""
    return isinstance(value, type(records[0])) and value.pk in {row.pk for row in records}


def _key(value):
    return tuple(value) if isinstance(value, list) else value


def _moment(moment):
    return moment.timestamp() if moment else 0
