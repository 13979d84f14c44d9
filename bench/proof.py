"""G3: the search finds what LIKE finds, for a thousand random pairs of characters."""

import random

from django.db import connection

TERMS = 1000
COMPARED = """
SELECT (SELECT count(*) FROM (SELECT 1 FROM customers_company
                              WHERE km_bigrams(name) @> km_bigrams(%s) AND name LIKE %s AND id <= 20000) found),
       (SELECT count(*) FROM customers_company WHERE name LIKE %s AND id <= 20000)
"""


def wrong_searches(say) -> int:
    """How many of the terms have another answer."""
    rng, wrong = random.Random(7), 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM customers_company WHERE id <= 5000")
        names = [row[0] for row in cursor.fetchall()]
        for _n in range(TERMS):
            name = rng.choice(names)
            start = rng.randrange(len(name) - 1)
            term = name[start : start + 2]
            cursor.execute(COMPARED, [term, f"%{term}%", f"%{term}%"])
            found, expected = cursor.fetchone()
            wrong += found != expected
    say(f"search against LIKE: {wrong} of {TERMS} terms differ")
    return wrong
