"""Old links, ids and addresses of the API lead to the record that was kept (PRODUCT A4.9)."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from crm.accounts import services as accounts
from customers.companies.models import Company
from customers.merging import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def merged(people, make_company, make_contact):
    """`gone` of rep_c was merged into `kept` of rep_a."""
    kept, gone = make_company("苏州恒立达精密机械有限公司"), make_company("苏州恒立达机械厂", by=people.rep_c)
    make_contact(gone, by=people.rep_c)
    return SimpleNamespace(kept=kept, gone=gone, merge=services.merge(kept, [gone], by=people.manager))


@pytest.fixture
def api(people):
    """`api(people.rep_a)`: a program with a token of this person."""

    def make(user):
        _token, secret = accounts.issue_token(user, name="test", scopes=["*:read", "*:write"], by=user)
        return Client(headers={"authorization": f"Bearer {secret}"})

    return make


@pytest.mark.parametrize("page", ["", "edit/", "panels/", "assignment/"])
def test_an_old_address_leads_to_the_same_page_of_the_record_that_was_kept(merged, people, signed_in, page):
    answer = signed_in(people.manager).get(f"/customers/companies/{merged.gone.pk}/{page}?part=tabs&a=1")
    assert (answer.status_code, answer["Location"]) == (301, f"/customers/companies/{merged.kept.pk}/{page}?part=tabs&a=1")
    assert answer["Cache-Control"] == "no-store"  # a merge can be taken back: browsers must not keep the way


def test_the_timeline_and_links_by_query_lead_on_too(merged, people, signed_in):
    browser = signed_in(people.manager)
    assert browser.get(f"/activity/companies/{merged.gone.pk}/")["Location"] == f"/activity/companies/{merged.kept.pk}/"
    assert merged.kept.name in browser.get(f"/followups/new/?company={merged.gone.pk}").content.decode()


def test_who_may_not_see_the_record_that_was_kept_finds_nothing(merged, people, signed_in, api):
    assert signed_in(people.rep_c).get(f"/customers/companies/{merged.gone.pk}/").status_code == 404
    assert api(people.rep_c).get(f"/api/v1/companies/{merged.gone.pk}/").status_code == 404


def test_a_form_for_the_record_that_is_gone_changes_nothing_and_shows_the_way(merged, people, signed_in):
    answer = signed_in(people.manager).post(f"/customers/companies/{merged.gone.pk}/edit/", {"name": "新名字"})
    assert answer.status_code == 409
    assert f"/customers/companies/{merged.kept.pk}/edit/" in answer.content.decode()
    assert not Company._base_manager.filter(name="新名字").exists()


def test_a_program_that_reads_is_led_on_and_one_that_writes_is_told_where(merged, people, api):
    program = api(people.manager)
    read = program.get(f"/api/v1/companies/{merged.gone.pk}/")
    assert (read.status_code, read["Location"]) == (308, f"http://testserver/api/v1/companies/{merged.kept.pk}/")
    assert program.get(read["Location"]).json()["id"] == merged.kept.pk
    for answer in (
        program.patch(f"/api/v1/companies/{merged.gone.pk}/", {"notes": "x"}, content_type="application/json"),
        program.delete(f"/api/v1/companies/{merged.gone.pk}/"),
    ):
        assert (answer.status_code, answer.json()["code"], answer.json()["survivor"]) == (409, "merged", merged.kept.pk)


def test_a_chain_of_merges_leads_to_its_end(merged, people, make_company, signed_in):
    last = make_company("恒立达集团有限公司")
    services.merge(last, [merged.kept], by=people.manager)
    answer = signed_in(people.manager).get(f"/customers/companies/{merged.gone.pk}/")
    assert answer["Location"] == f"/customers/companies/{last.pk}/"


def test_once_taken_back_the_address_is_its_own_again(merged, people, signed_in):
    services.unmerge(merged.merge, by=people.manager)
    assert signed_in(people.manager).get(f"/customers/companies/{merged.gone.pk}/").status_code == 200


def test_a_record_that_is_found_costs_no_question_about_merges(merged, people, signed_in, api):
    for ask in (
        lambda: signed_in(people.manager).get(f"/customers/companies/{merged.kept.pk}/edit/"),
        lambda: api(people.manager).get(f"/api/v1/companies/{merged.kept.pk}/"),
    ):
        with CaptureQueriesContext(connection) as asked:
            assert ask().status_code == 200
        assert [query["sql"] for query in asked if "customers_merge" in query["sql"]] == []


def test_the_bin_does_not_offer_what_was_merged(merged, people, signed_in):
    browser = signed_in(people.manager)
    assert merged.gone.name not in browser.get("/customers/companies/bin/").content.decode()
    assert browser.post(f"/customers/companies/{merged.gone.pk}/restoration/").status_code == 404
