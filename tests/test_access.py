"""Who gets which answer where: every address × method × person, against the table in access.txt that is reviewed by hand."""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from crm.core import clock
from tests.addresses import MISSING, addresses

TABLE = Path(__file__).parent / "access.txt"
PERSONAS = ("anonymous", "rep_a", "rep_c", "lead_east", "manager", "outsourced", "admin", "disabled")
# Whoever may read is asked with GET; POST is asked of those who must be turned away.
ASKED = {"GET": PERSONAS, "POST": ("anonymous", "rep_c", "outsourced", "disabled")}


def expected():
    """The reviewed table: (name, method) → code for each persona."""
    rows = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, method, *codes = line.split()
            rows[name, method] = dict(zip(ASKED[method], map(int, codes), strict=True))
    return rows


@pytest.fixture
def clients(people, signed_in):
    """A browser for each person; the disabled one signed in before being shut out."""
    found = {"anonymous": Client()}
    for name in PERSONAS[1:-1]:
        found[name] = signed_in(getattr(people, name), Client())
    found["disabled"] = signed_in(people.rep_b, Client())
    for browser in found.values():
        browser.get("/me/")  # its session notes when it began, which would be taken back with each question below
    type(people.rep_b).objects.filter(pk=people.rep_b.pk).update(is_active=False)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("method", sorted(ASKED))
def test_every_address_answers_every_person_as_the_table_says(world, clients, record_codes, method):
    found = {(address.name, method): {who: _ask(clients[who], method, address.url(world)) for who in ASKED[method]} for address in addresses()}
    record_codes(found, ASKED[method])
    wanted = {key: codes for key, codes in expected().items() if key[1] == method}
    assert sorted(set(found) - set(wanted)) == [], "an address without a row: decide who may and add it to tests/access.txt"
    assert sorted(set(wanted) - set(found)) == [], "a row without an address: take it out of tests/access.txt"
    wrong = {key: {who: (code, wanted[key][who]) for who, code in codes.items() if code != wanted[key][who]} for key, codes in found.items()}
    assert {key: cells for key, cells in wrong.items() if cells} == {}


@pytest.mark.django_db
def test_a_foreign_record_answers_like_one_that_does_not_exist(world, clients):
    for address in addresses():
        if "pk" not in address.arguments or address.noun not in world or address.noun == "products":
            continue
        there, nowhere = address.url(world), address.url(world, pk=MISSING)
        # Pages say as of which minute they speak; a minute that turns between the two is no difference.
        with clock.at(clock.now()):
            foreign, missing = clients["rep_c"].get(there), clients["rep_c"].get(nowhere)
        assert foreign.status_code == missing.status_code, address.name
        if foreign.status_code == 404:
            assert _plain(foreign).replace(there, nowhere) == _plain(missing), address.name


def _ask(client, method, url):
    # Each question is asked of the world as it was: what a POST changes is rolled back.
    with transaction.atomic():
        response = client.generic(method, url, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return response.status_code


def _plain(response):
    text = response.content.decode()
    for key in ("csrfmiddlewaretoken", "X-CSRFToken"):
        while (start := text.find(key)) >= 0:
            text = text[:start] + text[start + 120 :]
    return text.replace(response["X-Request-Id"], "")
