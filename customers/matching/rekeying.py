"""Writing the keys of all names anew, after what a name is found by has changed."""

from customers.matching.firmnames import name_key

BATCH = 5000
NEXT = "SELECT id, name, name_key FROM {table} WHERE id > %s ORDER BY id LIMIT %s"
SET = "UPDATE {table} AS kept SET name_key = given.name_key FROM unnest(%s::bigint[], %s::text[]) AS given (id, name_key) WHERE kept.id = given.id"


def rekey(connection, table: str) -> int:
    """Write the key of every name of this table anew; gives how many changed. The history of the rows does not hear of it: no fact changed."""
    quoted, last, changed = connection.ops.quote_name(table), 0, 0
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {quoted} DISABLE TRIGGER USER")
        while True:
            cursor.execute(NEXT.format(table=quoted), [last, BATCH])
            rows = cursor.fetchall()
            if not rows:
                break
            last = rows[-1][0]
            fresh = [(pk, key) for pk, name, known in rows if (key := name_key(name)) != known]
            if fresh:
                cursor.execute(SET.format(table=quoted), [[pk for pk, _key in fresh], [key for _pk, key in fresh]])
                changed += len(fresh)
        cursor.execute(f"ALTER TABLE {quoted} ENABLE TRIGGER USER")
    return changed
