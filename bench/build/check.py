"""Whether what was loaded without triggers holds together: rows that point to a row that is not there."""

import time

from django.db import connection

FOREIGN_KEYS = """
SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, f.attname
  FROM pg_constraint c
  JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
  JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = c.confkey[1]
 WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace
"""
ORPHANS = """
SELECT count(*) FROM (SELECT DISTINCT {column} AS key FROM {table} WHERE {column} IS NOT NULL) t
 WHERE NOT EXISTS (SELECT FROM {other} o WHERE o.{key} = t.key)
"""


def orphans(say) -> int:
    """How many keys of all tables lead nowhere; each column with such keys is named."""
    started, total = time.perf_counter(), 0
    with connection.cursor() as cursor:
        cursor.execute(FOREIGN_KEYS)
        for table, column, other, key in cursor.fetchall():
            cursor.execute(ORPHANS.format(table=table, column=column, other=other, key=key))
            found = cursor.fetchone()[0]
            total += found
            if found:
                say(f"  {found:,} keys of {table}.{column} are not in {other}")
    say(f"  foreign keys checked  {time.perf_counter() - started:.1f} s")
    return total
