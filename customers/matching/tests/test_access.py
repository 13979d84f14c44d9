"""Asking to see a record that one only knows exists (PRODUCT A4.3)."""

import re

import pytest
from django.test import Client

from crm.accounts import services as accounts
from crm.activity.models import Activity
from crm.core.errors import Invalid, NotAllowed
from crm.notifications.models import Notice
from crm.notifications.services import read
from customers.companies import services as companies
from customers.companies.models import Company
from customers.matching import checking, services, telling
from customers.matching.facts import Facts
from customers.matching.models import AccessRequest

pytestmark = pytest.mark.django_db
NAME = "厦门鹭港电子股份有限公司"
TICKET = re.compile(r'name="ticket" value="([^"]+)"')


@pytest.fixture
def foreign(people, make_company):
    """A company of another team, which rep_a does not see."""
    return make_company(NAME, by=people.rep_c, credit_code="91320594MA1X7Q8R4A", phone="0592-6888123")


def ticket(people, who="rep_a"):
    by = getattr(people, who)
    return telling.told(checking.check("companies", [Facts(firm=NAME)])[0], by)[0].ticket


def test_out_of_scope_one_reads_that_it_exists_and_where_it_lies_and_no_field(people, foreign, in_english):
    answer = in_english(people.rep_a).post("/customers/companies/new/", {"name": NAME})
    text = answer.content.decode()
    matches = answer.context["refusal"].facts["matches"]
    assert [(one.pk, one.name, one.url, one.state) for one in matches] == [(None, "", "", "华东二组 looks after it")]
    assert "Ask for access" in text
    assert not any(secret in text for secret in ("91320594MA1X7Q8R4A", "6888123", "何佳"))


def test_whoever_asks_twice_is_one_request_and_the_owner_hears_once(people, foreign):
    first, second = (services.ask_for_access(ticket(people), by=people.rep_a) for _ in range(2))
    assert first == second
    asked = Activity.objects.filter(verb="matching.access_asked")
    assert asked.count() == 1
    read(list(asked))
    assert [(notice.user, notice.url) for notice in Notice.objects.all()] == [(people.rep_c, f"/customers/matching/access/{first.pk}/")]


def test_one_click_of_the_owner_opens_the_company_and_tells_whoever_asked(people, foreign, in_english):
    browser = in_english(people.rep_a)
    found = TICKET.search(browser.get(f"/customers/companies/hint/?name={NAME}").content.decode())
    assert browser.post("/customers/matching/access/", {"ticket": found[1]}, headers={"hx-request": "true"}).status_code == 200
    request = AccessRequest.objects.get()
    assert not Company.objects.visible_to(people.rep_a).exists()
    owner = in_english(people.rep_c)
    assert "Grant access" in owner.get(f"/customers/matching/access/{request.pk}/").content.decode()
    assert owner.post(f"/customers/matching/access/{request.pk}/").status_code in (302, 303)
    assert owner.post(f"/customers/matching/access/{request.pk}/").status_code in (302, 303)
    assert Company.objects.visible_to(type(people.rep_a).objects.get(pk=people.rep_a.pk)).get() == foreign
    granted = Activity.objects.filter(verb="matching.access_granted")
    assert granted.count() == 1
    read(list(granted))
    assert Notice.objects.get(code="matching.access_granted").user == people.rep_a


def test_nobody_asks_with_the_ticket_of_another_or_with_none(people, foreign):
    for given, by in ((ticket(people), people.rep_b), ("", people.rep_a), ("forged", people.rep_a)):
        with pytest.raises(Invalid):
            services.ask_for_access(given, by=by)
    assert not AccessRequest.objects.exists()


def test_who_neither_owns_nor_may_hand_over_grants_nothing(people, foreign):
    request = services.ask_for_access(ticket(people), by=people.rep_a)
    with pytest.raises(NotAllowed):
        services.grant_access(request, by=people.rep_a)
    assert services.grant_access(request, by=people.manager).granted_by == people.manager


def test_a_record_that_has_gone_cannot_be_asked_for(people, foreign):
    given = ticket(people)
    companies.delete(foreign, by=people.rep_c)
    with pytest.raises(Invalid):
        services.ask_for_access(given, by=people.rep_a)


def test_outsiders_learn_no_more_than_that_there_is_one(people, foreign):
    told = telling.told(checking.check("companies", [Facts(firm=NAME)])[0], people.partner)[0]
    assert (told.pk, told.name, told.ticket) == (None, "", "")
    assert "华东" not in told.state


@pytest.fixture
def program():
    """`program(people.rep_a)`: with a token that may change companies."""

    def make(user, *scopes):
        _token, secret = accounts.issue_token(user, name="test", scopes=scopes or ["companies:write"], by=user)
        return Client(headers={"authorization": f"Bearer {secret}"})

    return make


def test_a_program_asks_with_the_ticket_of_the_refusal_and_another_grants(people, foreign, program):
    client, url = program(people.rep_a), "/api/v1/companies/access/"
    refused = client.post("/api/v1/companies/", {"name": NAME}, content_type="application/json")
    given = refused.json()["matches"][0]["ticket"]
    asked, again = (client.post(url, {"ticket": given}, content_type="application/json").json() for _ in range(2))
    assert asked == again
    assert (asked["noun"], asked["record"], asked["asked_by"]["id"], asked["granted_at"]) == ("companies", None, people.rep_a.pk, None)
    assert client.post(f"{url}{asked['id']}/granting/").status_code == 404
    granted = program(people.rep_c).post(f"{url}{asked['id']}/granting/").json()
    assert (granted["record"], granted["granted_by"]["id"]) == (foreign.pk, people.rep_c.pk)
    assert client.get(f"{url}{asked['id']}/").json()["record"] == foreign.pk
    assert client.get(f"/api/v1/companies/{foreign.pk}/").status_code == 200


def test_a_request_is_nobody_elses_business(people, foreign, program):
    url = "/api/v1/companies/access/"
    asked = program(people.rep_a).post(url, {"ticket": ticket(people)}, content_type="application/json").json()
    assert program(people.rep_b).get(f"{url}{asked['id']}/").status_code == 404
    assert program(people.rep_a, "companies:read").post(url, {"ticket": ticket(people)}, content_type="application/json").status_code == 403
    for other in ("contacts", "leads"):
        refused = program(people.rep_a, "*:write").post(f"/api/v1/{other}/access/", {"ticket": ticket(people)}, content_type="application/json")
        assert (refused.status_code, refused.json()["code"]) == (422, "unknown_ticket")
        assert program(people.rep_c, "*:write").get(f"/api/v1/{other}/access/{asked['id']}/").status_code == 404
