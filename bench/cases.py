"""What is measured: the questions of docs/benchmark.md, each beside the bare SQL that answers it."""

import random

from django.db import connection
from django.urls import reverse

from bench.measure import client_for, measure
from crm.core import keyset
from customers.companies.tables import TABLE
from customers.models import Company

LIST = "/customers/companies/"
TERMS = 1000
FIRST_PAGE = "SELECT * FROM customers_company WHERE deleted_at IS NULL ORDER BY updated_at DESC, id DESC LIMIT 51"
MINE = "SELECT * FROM customers_company WHERE deleted_at IS NULL AND owner_id = %s ORDER BY updated_at DESC, id DESC LIMIT 51"
SEARCH = "SELECT * FROM customers_company WHERE deleted_at IS NULL AND km_bigrams(name) @> km_bigrams(%s) AND name LIKE %s LIMIT 51"
COMPARED = """
SELECT (SELECT count(*) FROM (SELECT 1 FROM customers_company
                              WHERE km_bigrams(name) @> km_bigrams(%s) AND name LIKE %s AND id <= 20000) found),
       (SELECT count(*) FROM customers_company WHERE name LIKE %s AND id <= 20000)
"""
PHONE = "SELECT contact_id FROM customers_contactpoint WHERE digits = %s"
ONE = "SELECT * FROM customers_company WHERE id = %s"


def run(people, say, rounds=20):
    """Every case, as figures."""
    admin = client_for(people["admin"])
    results = [measure("floor: signed-in empty page", lambda: admin.get("/search/"), rounds=rounds)]
    say_line(results[-1], say)

    def add(name, call, **options):
        results.append(measure(name, call, rounds=rounds, **options))
        say_line(results[-1], say)

    for name, user in sorted(people.items()):
        client = client_for(user)
        bare = (FIRST_PAGE, ()) if name == "admin" else (MINE, (user.pk,)) if name.startswith("rep") else None
        add(f"list, first page: {name}", lambda client=client: client.get(LIST), bare=bare)
    deep, last = page_address(1000), last_page(admin)
    add("list, page 1000: admin", lambda: admin.get(deep))
    add("list, last page: admin", lambda: admin.get(last))
    add("list by name, first page: admin", lambda: admin.get(LIST + "?sort=name"))
    rare, common = words()
    add(f"search, rare word: admin ({rare})", lambda: admin.get(LIST, {"q": rare}), bare=(SEARCH, (rare, f"%{rare}%")))
    add(f"search, common word: admin ({common})", lambda: admin.get(LIST, {"q": common}), bare=(SEARCH, (common, f"%{common}%")))
    lead = client_for(people["lead"])
    add(f"search, common word: lead ({common})", lambda: lead.get(LIST, {"q": common}))
    add("search, pinyin: admin (henglijingmi)", lambda: admin.get(LIST, {"q": "hengda"}))
    phone = some_phone()
    add("search, whole phone: admin", lambda: admin.get(LIST, {"q": phone}), bare=(PHONE, (phone,)))
    add("search, last four of a phone: admin", lambda: admin.get(LIST, {"q": phone[-4:]}))
    add("search, six digits of a phone: admin", lambda: admin.get(LIST, {"q": phone[3:9]}))
    one = Company.objects.order_by("-pk").values_list("pk", flat=True)[10]
    add("record with timeline: admin", lambda: admin.get(f"{LIST}{one}/"), bare=(ONE, (one,)))
    number = iter(range(10_000_000))
    add("create a company: admin", lambda: create(admin, next(number)))
    return results


def create(client, number):
    """One creation through the form, as a browser sends it."""
    name = f"基准测试{random.randrange(10**9)}第{number}有限公司"
    return client.post(reverse("customers:companies:new"), {"name": name, "once": f"bench-{name}"})


def words():
    """A word that few names contain and one that very many do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT short_name FROM customers_company ORDER BY id LIMIT 1 OFFSET 77")
        return cursor.fetchone()[0][:2], "科技"


def some_phone():
    """A number that is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT digits FROM customers_contactpoint ORDER BY id LIMIT 1 OFFSET 500")
        return cursor.fetchone()[0]


def page_address(number):
    """The address of a page deep in the list, made from the row at its edge."""
    # crm.core.keyset writes cursors from rows; the row is fetched here once, outside the measurement.
    from_row = Company.objects.live().order_by("-updated_at", "-pk")[min(number * 50, Company.objects.count() - 60)]
    return LIST + "?cursor=" + keyset.write_cursor(TABLE.sorts[0], "next", from_row)


def last_page(client):
    """The address of the last page, read backwards from the oldest row."""
    row = Company.objects.live().order_by("updated_at", "pk")[49]
    return LIST + "?cursor=" + keyset.write_cursor(TABLE.sorts[0], "next", row)


def proof(say):
    """G3: the search finds what LIKE finds, for a thousand random pairs of characters."""
    rng = random.Random(7)
    wrong = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM customers_company WHERE id <= 5000")
        names = [row[0] for row in cursor.fetchall()]
        for _n in range(TERMS):
            name = rng.choice(names)
            start = rng.randrange(len(name) - 1)
            term = name[start : start + 2]
            cursor.execute(
                COMPARED,
                [term, f"%{term}%", f"%{term}%"],
            )
            found, expected = cursor.fetchone()
            wrong += found != expected
    say(f"search against LIKE: {wrong} of {TERMS} terms differ")
    return wrong


def say_line(figures, say):
    """One line of the report."""
    bare = f"{figures.bare_ms:7.2f}" if figures.bare_ms is not None else "      –"
    say(
        f"{figures.name:<46} sql {figures.sql:3d}  db {figures.db_ms:8.2f}  bare {bare}  cpu {figures.cpu_ms:7.2f}"
        f"  p50 {figures.p50_ms:8.2f}  p95 {figures.p95_ms:8.2f}  {figures.kb:6.1f} KB ({figures.gzip_kb:.1f} gz)"
    )
