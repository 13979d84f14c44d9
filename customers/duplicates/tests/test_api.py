"""The list of pairs over the API: what a person does on the page a program can do too."""

import pytest
from django.test import Client

from crm.accounts import services as accounts
from customers.companies.models import Company
from customers.duplicates.models import DuplicatePair
from customers.merging import services as merging
from customers.merging.models import Merge

pytestmark = pytest.mark.django_db
URL = "/api/v1/companies/duplicates/"


@pytest.fixture
def program():
    """`program(people.manager, "companies:read")`: with a token of this person and these scopes."""

    def make(user, *scopes):
        _token, secret = accounts.issue_token(user, name="test", scopes=list(scopes), by=user)
        return Client(headers={"authorization": f"Bearer {secret}", "accept-language": "en"})

    return make


@pytest.fixture
def pairs(make_company):
    """Three pairs of companies of rep_a, the surest first."""
    rows = [make_company(name) for name in ("苏州恒立达精密机械有限公司", "苏州市恒立达精密机械", "南通鹭港电子", "南通市鹭港电子厂")]
    DuplicatePair.objects.all().delete()
    said = {"same": ["phone"], "near": [], "other": ["address"]}
    places = ((0, 1, 0.98, "same"), (2, 3, 0.6, "review"), (0, 3, 0.3, "related"))
    return [
        DuplicatePair.objects.create(noun="companies", left_id=rows[a].pk, right_id=rows[b].pk, score=score, decision=found, reasons=said)
        for a, b, score, found in places
    ]


def test_the_pairs_that_wait_are_read_page_by_page_the_surest_first(pairs, people, program):
    client = program(people.manager, "companies:read")
    first = client.get(f"{URL}?page_size=2").json()
    assert [row["id"] for row in first["results"]] == [pairs[0].pk, pairs[1].pk]
    assert [row["id"] for row in client.get(first["next"]).json()["results"]] == [pairs[2].pk]
    row = first["results"][0]
    assert (row["left"]["name"], row["right"]["name"]) == ("苏州恒立达精密机械有限公司", "苏州市恒立达精密机械")
    assert (row["score"], row["decision"], row["reasons"], row["state"]) == (0.98, "same", "same phone; other address", "open")
    assert [row["id"] for row in client.get(f"{URL}?decision=review").json()["results"]] == [pairs[1].pk]
    assert client.get(f"{URL}?decision=perhaps").status_code == 422


@pytest.mark.parametrize("state", ["different", "related", "later"])
def test_a_decided_pair_waits_no_more_and_can_be_opened_again(pairs, people, program, state):
    client = program(people.manager, "companies:write")
    answer = client.post(f"{URL}{pairs[0].pk}/decision/", {"state": state}, content_type="application/json").json()
    assert (answer["state"], answer["decided_by"]["id"]) == (state, people.manager.pk)
    assert pairs[0].pk not in [row["id"] for row in client.get(URL).json()["results"]]
    client.post(f"{URL}{pairs[0].pk}/decision/", {"state": "open"}, content_type="application/json")
    assert client.get(f"{URL}{pairs[0].pk}/").json()["state"] == "open"
    assert client.post(f"{URL}{pairs[0].pk}/decision/", {"state": "same"}, content_type="application/json").status_code == 422


def test_the_same_ones_are_merged_and_the_pair_is_gone(pairs, people, program):
    client, pair = program(people.manager, "companies:write"), pairs[0]
    refused = client.post(f"{URL}{pair.pk}/merging/", {"survivor": pairs[1].left_id}, content_type="application/json")
    assert (refused.status_code, refused.json()["field"]) == (422, "survivor")
    answer = client.post(f"{URL}{pair.pk}/merging/", {"survivor": pair.right_id}, content_type="application/json").json()
    assert answer == {"merge": Merge.objects.get().pk, "survivor": pair.right_id, "merged": [pair.left_id]}
    assert client.get(f"{URL}{pair.pk}/").status_code == 404
    merging.unmerge(Merge.objects.get(), by=people.manager)
    assert client.post(f"{URL}{pair.pk}/merging/", {}, content_type="application/json").json()["survivor"] == pair.left_id
    assert Company.objects.live().count() == 3


def test_only_those_who_may_merge_both_and_only_with_the_scope(pairs, people, program):
    assert program(people.rep_c, "*:write").get(f"{URL}{pairs[0].pk}/").status_code == 404
    assert program(people.rep_c, "*:write").get(URL).json()["results"] == []
    assert program(people.telesales, "*:write").get(URL).status_code == 403
    reader = program(people.manager, "companies:read", "contacts:write")
    assert reader.post(f"{URL}{pairs[0].pk}/decision/", {"state": "later"}, content_type="application/json").status_code == 403
    assert program(people.manager, "contacts:read").get(URL).status_code == 403
    assert program(people.manager, "contacts:read").get(f"/api/v1/contacts/duplicates/{pairs[0].pk}/").status_code == 404
