"""LIMITS F6, under PostgreSQL: without room writing is refused in words, reading goes on, nothing is damaged, and with room it goes on by itself."""

import shutil

import psycopg2
import pytest
from django.db import connections
from django.test import Client

from crm.accounts.models import Role, User
from crm.activity.models import Activity
from crm.backups.tools import run
from crm.ops.service_user import own
from crm.testing.disks import small_disk
from crm.testing.fixtures import SIGN_IN
from customers.companies import services as companies
from customers.companies.models import Company

NEW = {"name": "苏州恒立达精密机械有限公司"}


@pytest.fixture
def cramped(kept_house, committed):
    """A database of the shared server that lies on a disk of its own with little room; verbs and pages work on it."""
    with small_disk("64m") as folder:
        space = folder / "space"
        own(kept_house.services.user, space)
        kept_house.ask(f"CREATE TABLESPACE small LOCATION '{space}'")
        kept_house.ask("CREATE DATABASE cramped TEMPLATE crm TABLESPACE small")
        before = connections["default"]
        known = before.settings_dict | {"HOST": kept_house.address["host"], "USER": kept_house.address["user"], "NAME": "cramped"}
        connections["default"] = type(before)(known, "default")
        try:
            yield kept_house
        finally:
            connections["default"].close()
            connections["default"] = before
            kept_house.ask("DROP DATABASE cramped WITH (FORCE)")
            kept_house.ask("DROP TABLESPACE small")
            shutil.rmtree(space)


@pytest.fixture
def filled(cramped):
    """Nothing more fits, not one page; `empty()` makes room again."""
    line = psycopg2.connect(**cramped.address | {"dbname": "cramped"})
    line.autocommit = True
    cursor = line.cursor()
    cursor.execute("CREATE TABLE filler (words text STORAGE PLAIN)")

    def fill():
        for rows in (64, 1, 1, 1):
            try:
                while True:
                    cursor.execute("INSERT INTO filler SELECT repeat('x', 7000) FROM generate_series(1, %s)", [rows])
            except psycopg2.errors.DiskFull:
                continue

    yield fill, lambda: cursor.execute("TRUNCATE filler")
    line.close()


def test_without_room_writing_is_refused_reading_goes_on_and_with_room_all_is_whole(cramped, filled):
    fill, empty = filled
    admin = User.objects.create(username="full-disk", name="管理员", role=Role.objects.get(code="administrator"))
    known = companies.create({"name": "在前的公司"}, by=admin)
    browser = Client()
    browser.force_login(admin, SIGN_IN)
    assert browser.get("/customers/companies/").status_code == 200
    fill()
    # Pages that are not full yet take some more; each answer says what became of it.
    answers = []
    while not answers or answers[-1].status_code == 303:
        answers.append(browser.post("/customers/companies/new/", {"name": f"满盘有限公司{len(answers)}"}))
    assert answers[-1].status_code == 507
    assert "磁盘空间已满" in answers[-1].content.decode()
    told = browser.post("/api/v1/companies/", NEW, content_type="application/json", headers={"Accept-Language": "en"})
    assert (told.status_code, told.json()["code"]) == (507, "no_room")
    for address in ("/customers/companies/", f"/customers/companies/{known.pk}/", f"/api/v1/companies/{known.pk}/", "/api/v1/companies/"):
        assert browser.get(address).status_code == 200, address
    assert Company.objects.count() == Activity.objects.filter(verb="companies.created").count() == len(answers), "all that was accepted, and nothing else"
    empty()
    assert browser.post("/api/v1/companies/", NEW, content_type="application/json").status_code == 201
    run("pg_amcheck", "-h", cramped.address["host"], "-U", "postgres", "-d", "cramped", "--install-missing", "--no-strict-names", "--heapallindexed")
