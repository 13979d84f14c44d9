"""Companies: the list and its pages, search in every way, the record, and adding one."""

from itertools import count

from django.db import connection
from django.urls import reverse

from bench.names import unheard_of
from crm.core import keyset
from customers.companies import alike
from customers.companies.tables import TABLE
from customers.matching import checking
from customers.models import Company

LIST = "/customers/companies/"
FIRST_PAGE = "SELECT * FROM customers_company WHERE deleted_at IS NULL ORDER BY updated_at DESC, id DESC LIMIT 51"
MINE = "SELECT * FROM customers_company WHERE deleted_at IS NULL AND owner_id = %s ORDER BY updated_at DESC, id DESC LIMIT 51"
SEARCH = "SELECT * FROM customers_company WHERE deleted_at IS NULL AND km_bigrams(name) @> km_bigrams(%s) AND name LIKE %s LIMIT 51"
PHONE = "SELECT contact_id FROM customers_contactpoint WHERE digits = %s"
NAMESAKES = "SELECT id FROM customers_company WHERE name_key = %s AND deleted_at IS NULL LIMIT 20"
ONE = "SELECT * FROM customers_company WHERE id = %s"
SHORT_NAME = "SELECT short_name FROM customers_company ORDER BY id LIMIT 1 OFFSET 77"
NUMBER = "SELECT digits FROM customers_contactpoint ORDER BY id LIMIT 1 OFFSET 500"
COMMON = "科技"


def add(book, people, clients):
    """All of them."""
    _pages(book, people, clients)
    _searches(book, clients)
    admin, one, number = clients["admin"], Company.objects.order_by("-pk").values_list("pk", flat=True)[10], count()
    book.add("record with timeline: admin", lambda: admin.get(f"{LIST}{one}/"), bare=(ONE, (one,)))
    book.add("create a company: admin", lambda: create(admin, next(number)))
    _checks(book)


def _checks(book):
    """What the rules ask about a new company: one whose name is new, and one whose core many carry, by every key at once."""
    common = _one("SELECT name FROM customers_company WHERE deleted_at IS NULL ORDER BY id LIMIT 1 OFFSET 777")
    for what, name in (("unknown name", f"基准测试{unheard_of()}有限公司"), ("common name", common)):
        facts = alike.facts_of({"name": name, "credit_code": "91320594MA1X7Q8R4A", "phone": "+8651268881234", "website": "https://www.hengda.cn"})
        bare = (NAMESAKES, (facts.parsed_firm.key,))
        book.add(f"duplicate check of a new company, {what}", lambda facts=facts: check(facts), bare=bare)


def check(facts):
    """One question to the service, as the form asks it while somebody types."""
    checking.check("companies", [facts], path="form")


def create(client, number):
    """One creation through the form, as a browser sends it."""
    name = f"基准测试{unheard_of()}第{number}有限公司"
    return client.post(reverse("customers:companies:new"), {"name": name, "once": f"bench-{name}"})


def _pages(book, people, clients):
    for name, user in sorted(people.items()):
        bare = (FIRST_PAGE, ()) if name == "admin" else (MINE, (user.pk,)) if name.startswith("rep") else None
        book.add(f"list, first page: {name}", lambda name=name: clients[name].get(LIST), bare=bare)
    admin, deep, last = clients["admin"], _deep_page(1000), _last_page()
    book.add("list, page 1000: admin", lambda: admin.get(deep))
    book.add("list, last page: admin", lambda: admin.get(last))
    book.add("list by name, first page: admin", lambda: admin.get(LIST + "?sort=name"))


def _searches(book, clients):
    admin, rare, phone = clients["admin"], _one(SHORT_NAME)[:2], _one(NUMBER)
    book.add("search, rare word: admin", lambda: admin.get(LIST, {"q": rare}), bare=(SEARCH, (rare, f"%{rare}%")))
    book.add("search, common word: admin", lambda: admin.get(LIST, {"q": COMMON}), bare=(SEARCH, (COMMON, f"%{COMMON}%")))
    book.add("search, common word: lead", lambda: clients["lead"].get(LIST, {"q": COMMON}))
    book.add("search, pinyin: admin", lambda: admin.get(LIST, {"q": "hengda"}))
    book.add("search, whole phone: admin", lambda: admin.get(LIST, {"q": phone}), bare=(PHONE, (phone,)))
    book.add("search, last four of a phone: admin", lambda: admin.get(LIST, {"q": phone[-4:]}))
    book.add("search, six digits of a phone: admin", lambda: admin.get(LIST, {"q": phone[3:9]}))
    book.add("search everywhere: admin", lambda: admin.get("/search/", {"q": rare}))
    book.add("search everywhere, palette: rep", lambda: clients["rep"].get("/search/palette/", {"q": rare}))


def _one(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def _deep_page(number):
    """The address of a page deep in the list, made from the row at its edge."""
    row = Company.objects.live().order_by("-updated_at", "-pk")[min(number * 50, Company.objects.count() - 60)]
    return LIST + "?cursor=" + keyset.write_cursor(TABLE.sorts[0], "next", row)


def _last_page():
    """The address of the last page, read backwards from the oldest row."""
    row = Company.objects.live().order_by("updated_at", "pk")[49]
    return LIST + "?cursor=" + keyset.write_cursor(TABLE.sorts[0], "next", row)
