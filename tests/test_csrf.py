"""What changes something needs the mark of our own page, and what is only read changes nothing."""

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tests.addresses import addresses

pytestmark = pytest.mark.django_db
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
# Written while somebody only reads: that he was here, and how full the throttles are.
NOTED_WHILE_READING = {"sessions.Session", "accounts.User", "accounts.ApiToken", "accounts.SignInTry"}


def fingerprint():
    """Of every table: how many rows it has, its last id and the newest version of a row."""
    found = {}
    for model in apps.get_models():
        if model._meta.label in NOTED_WHILE_READING or not model._meta.managed or model._meta.proxy:
            continue
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {table} t")
            found[model._meta.label] = cursor.fetchone()
    return found


@pytest.mark.parametrize("method", UNSAFE)
def test_nothing_is_taken_without_the_mark_of_our_own_page(method, world, people, signed_in):
    client = signed_in(people.admin, Client(enforce_csrf_checks=True))
    before = fingerprint()
    answers = {address.name: client.generic(method, address.url(world)).status_code for address in addresses()}
    assert {name: code for name, code in answers.items() if code != 403} == {}
    assert fingerprint() == before


@pytest.mark.parametrize("method", UNSAFE)
def test_the_mark_of_somebody_elses_page_is_no_mark(method, world, people, signed_in):
    client = signed_in(people.admin, Client(enforce_csrf_checks=True))
    client.get("/me/")
    own = client.cookies["km_csrf"].value
    for headers in ({"x-csrftoken": "x" * 64}, {"x-csrftoken": own, "origin": "https://evil.example"}):
        answer = client.generic(method, f"/customers/companies/{world['companies'].pk}/bin/", headers=headers)
        assert answer.status_code == 403, headers


def test_reading_every_page_changes_nothing(world, people, signed_in):
    client = signed_in(people.admin)
    client.get("/")
    before = fingerprint()
    for address in addresses():
        for method in (client.get, client.head, client.options):
            answer = method(address.url(world))
            if answer.streaming:
                list(answer.streaming_content)
    after = fingerprint()
    assert {label: (before[label], after[label]) for label in after if after[label] != before[label]} == {}


def test_a_refused_form_says_what_to_do():
    client = Client(enforce_csrf_checks=True)
    client.cookies["km_language"] = "en"
    answer = client.post("/language/", {"language": "en"})
    assert answer.status_code == 403
    assert "Nothing was saved: go back, reload the page and send it again." in answer.content.decode()
    assert answer["X-Request-Id"] in answer.content.decode()
