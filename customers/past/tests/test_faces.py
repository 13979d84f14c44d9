"""The page and the API show the same difference and end in the same verb."""

import pytest

from crm.activity.models import Activity
from crm.core import clock
from customers.companies import services as companies
from customers.contacts import services as contacts
from customers.models import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(people, at):
    at("2026-11-02 09:00")
    firm = companies.create({"name": "苏州恒立达科技", "address": "路 1 号"}, by=people.rep_a)
    contacts.create({"name": "沈丽华", "company": firm, "position": "采购", "points": [{"kind": "mobile", "value": "13812347788"}]}, by=people.rep_a)
    at("2026-11-05 09:00")
    companies.update(firm, {"address": "路 2 号"}, by=people.rep_a)
    at("2026-11-06 09:00")
    return Company.objects.get(pk=firm.pk)


def test_the_page_shows_what_differs_and_brings_it_back(firm, people, signed_in):
    browser, address = signed_in(people.rep_a), f"/customers/companies/{firm.pk}/as-of/"
    page = browser.get(address, {"at": "2026-11-03T10:00"})
    assert page.status_code == 200
    assert "路 1 号" in page.content.decode()
    assert [one.title for one in page.context["found"]] == ["苏州恒立达科技"]
    choice = f"companies:{firm.pk}:address"
    answer = browser.post(address, {"moment": page.context["moment"], "choice": choice, f"version-companies:{firm.pk}": firm.version})
    assert answer.status_code == 303
    assert Company.objects.get(pk=firm.pk).address == "路 1 号"


def test_the_switch_shows_what_is_the_same_too(firm, people, signed_in):
    page = signed_in(people.rep_a).get(f"/customers/companies/{firm.pk}/as-of/", {"at": "2026-11-03T10:00", "all": "1"})
    assert [one.title for one in page.context["found"]] == ["苏州恒立达科技", "沈丽华"]


def test_a_moment_of_an_event_is_the_one_before_it(firm, people, signed_in):
    event = Activity.objects.get(verb="companies.updated").pk
    page = signed_in(people.rep_a).get(f"/customers/companies/{firm.pk}/as-of/", {"before": event})
    (record,) = page.context["found"].records
    assert [row.then for row in record.differences] == ["路 1 号"]


@pytest.mark.parametrize("query", [{"at": "gestern"}, {"at": "2026-13-40"}, {"at": "2027-01-01"}, {"at": "2020-01-01"}, {"before": "0"}])
def test_a_moment_that_is_none_is_refused_with_a_sentence(firm, people, signed_in, query):
    page = signed_in(people.rep_a).get(f"/customers/companies/{firm.pk}/as-of/", query)
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()


def test_who_changed_it_meanwhile_is_told_on_the_page(firm, people, signed_in):
    browser, address = signed_in(people.rep_a), f"/customers/companies/{firm.pk}/as-of/"
    moment = browser.get(address, {"at": "2026-11-03T10:00"}).context["moment"]
    form = {"moment": moment, "choice": f"companies:{firm.pk}:address", f"version-companies:{firm.pk}": firm.version - 1}
    assert browser.post(address, form).status_code == 409
    assert Company.objects.get(pk=firm.pk).address == "路 2 号"


def test_another_team_finds_no_such_page(firm, people, signed_in):
    browser = signed_in(people.rep_c)
    assert browser.get(f"/customers/companies/{firm.pk}/as-of/").status_code == 404
    assert browser.get(f"/api/v1/companies/{firm.pk}/as-of/").status_code == 404
    assert browser.post(f"/api/v1/companies/{firm.pk}/restore-as-of/", {}, content_type="application/json").status_code in (404, 422)


def test_the_api_gives_the_difference_and_brings_it_back(firm, people, signed_in):
    browser = signed_in(people.rep_a)
    found = browser.get(f"/api/v1/companies/{firm.pk}/as-of/", {"at": "2026-11-03T10:00"}).json()
    (record,) = found["records"]
    (row,) = record["differences"]
    assert (record["state"], row["field"], row["then"], row["now"]) == ("changed", "address", "路 1 号", "路 2 号")
    body = {"at": found["at"], "choices": [row["choice"]], "versions": {f"companies:{firm.pk}": record["version"]}}
    answer = browser.post(f"/api/v1/companies/{firm.pk}/restore-as-of/", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert Activity.objects.get(pk=answer.json()["event"]).verb == "companies.restored_as_of"
    assert Company.objects.get(pk=firm.pk).address == "路 1 号"


def test_the_moments_on_offer_are_those_the_customer_has_seen(firm, people, signed_in):
    companies.tag_many([firm], "重点", by=people.rep_a)
    page = signed_in(people.rep_a).get(f"/customers/companies/{firm.pk}/as-of/")
    assert [preset.query.partition("=")[0] for preset in page.context["presets"]] == ["at", "before"]
    assert clock.now() > firm.created_at
