"""Moving what points to merged records, and moving it back: one statement for each relation, however many rows there are.

What is moved is written into the journal by the same statement, so that the two cannot differ.
"""

from dataclasses import dataclass, field

from django.db import connection

from crm.activity.models import About
from crm.activity.spine import kind_of
from customers.merging.models import Merge, MergeMove
from customers.merging.relations import moving

MOVE = """
WITH chosen AS ({chosen}), moved AS (
    UPDATE {table} t SET {column} = %(to)s{carry} FROM chosen c WHERE t.id = c.id RETURNING t.id, c.was)
INSERT INTO customers_mergemove (merge_id, kind_id, field, object_id, from_id, to_id)
SELECT %(merge)s, %(kind)s, %(field)s, id, was, %(to)s FROM moved
"""
ALL = "SELECT id, {column} AS was FROM {table} WHERE {column} = ANY(%(from)s) AND id <> ALL(%(same)s){only}"
# Of rows that are alike one goes, unless the survivor has such a one already.
ONE_OF_EACH = """
SELECT DISTINCT ON ({once}) id, {column} AS was FROM {table} o WHERE {column} = ANY(%(from)s){only}
   AND NOT EXISTS (SELECT FROM {table} s WHERE s.{column} = %(to)s{only_s} AND {alike}) ORDER BY {once}, id
"""
BACK = """
UPDATE {table} t SET {column} = m.from_id{carry} FROM customers_mergemove m{join}
 WHERE m.merge_id = %(merge)s AND m.kind_id = %(kind)s AND m.field = %(field)s AND t.id = m.object_id AND t.{column} = m.to_id
"""
LEFT = """
SELECT m.object_id FROM customers_mergemove m LEFT JOIN {table} t ON t.id = m.object_id AND t.{column} = m.from_id
 WHERE m.merge_id = %(merge)s AND m.kind_id = %(kind)s AND m.field = %(field)s AND t.id IS NULL ORDER BY 1
"""
CARRY = ", co_owner_id = %(owner)s, co_team_id = %(team)s"
CARRY_BACK = ", co_owner_id = h.owner_id, co_team_id = h.team_id"
HOLDER = " JOIN {holders} h ON h.id = m.from_id"
TELL = """
WITH told AS (
    INSERT INTO activity_about (kind_id, object_id, at, activity_id)
    SELECT DISTINCT kind_id, %(to)s, at, activity_id FROM activity_about WHERE kind_id = %(records)s AND object_id = ANY(%(from)s)
    ON CONFLICT DO NOTHING RETURNING activity_id)
INSERT INTO customers_mergemove (merge_id, kind_id, field, object_id, from_id, to_id)
SELECT %(merge)s, %(kind)s, 'object_id', activity_id, %(to)s, %(to)s FROM told
"""
UNTELL = """
DELETE FROM activity_about a USING customers_mergemove m
 WHERE m.merge_id = %(merge)s AND m.kind_id = %(kind)s AND a.kind_id = %(records)s AND a.object_id = m.to_id AND a.activity_id = m.object_id
"""


@dataclass
class Move:
    """One merge on its way: the locked survivor, the ids of those that go into it, the journal."""

    merge: Merge
    survivor: object
    others: list[int]
    counts: dict = field(default_factory=dict)

    @property
    def model(self):
        """The kind of record."""
        return type(self.survivor)


def move_all(move):
    """Let everything that points to the others point to the survivor; how many rows of each relation."""
    for relation in moving(move.model):
        move.counts[relation.name] = _run(_move_sql(relation, move), _given(relation, move))
    tell_timeline(move)
    return move.counts


def move_back(merge, model):
    """Everything that was moved and still lies where it was put goes back; the ids of what was left, by relation."""
    left = {}
    for relation in moving(model):
        given = {"merge": merge.pk, "kind": kind_of(relation.model).pk, "field": relation.field}
        names = {"table": relation.model._meta.db_table, "column": relation.column}
        carry = {"carry": CARRY_BACK, "join": HOLDER.format(holders=model._meta.db_table)} if relation.carries else {"carry": "", "join": ""}
        _run(BACK.format(**names, **carry), given)
        with connection.cursor() as cursor:
            cursor.execute(LEFT.format(**names), given)
            if ids := [row[0] for row in cursor.fetchall()]:
                left[relation.name] = ids
    _run(UNTELL, {"merge": merge.pk, "kind": kind_of(About).pk, "records": kind_of(model).pk})
    return left


def tell_timeline(move):
    """What happened to the others stands on the survivor's timeline too."""
    given = {"merge": move.merge.pk, "kind": kind_of(About).pk, "records": kind_of(move.model).pk}
    _run(TELL, given | {"from": move.others, "to": move.survivor.pk})


def note(merge, model, name, changes):
    """Keep figures of moved rows that changed: pairs of row id and its value before and after."""
    kind = kind_of(model)
    MergeMove.objects.bulk_create(MergeMove(merge=merge, kind=kind, field=name, object_id=pk, from_id=old, to_id=new) for pk, old, new in changes)


def _move_sql(relation, move):
    only = "".join(f" AND {column} = %({column})s" for column in relation.only(move.model))
    names = {"table": relation.model._meta.db_table, "column": relation.column, "only": only}
    if relation.once:
        alike = " AND ".join(f"s.{column} = o.{column}" for column in relation.once)
        only_s = only.replace(" AND ", " AND s.")
        chosen = ONE_OF_EACH.format(**names, once=", ".join(relation.once), alike=alike, only_s=only_s)
    else:
        chosen = ALL.format(**names)
    return MOVE.format(chosen=chosen, table=names["table"], column=names["column"], carry=CARRY if relation.carries else "")


def _given(relation, move):
    survivor = move.survivor
    # A company of the merge that is the group of another one of it stays what it is: the row of that one is kept as it was.
    same = [survivor.pk, *move.others] if relation.model is move.model else []
    carried = {"owner": survivor.owner_id, "team": survivor.team_id} if relation.carries else {}
    own = {"merge": move.merge.pk, "kind": kind_of(relation.model).pk, "field": relation.field}
    return {"from": move.others, "to": survivor.pk, "same": same} | own | carried | relation.only(move.model)


def _run(sql, given):
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.rowcount
