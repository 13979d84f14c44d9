"""Timelines: everything that happened, in words, and nothing the reader may not know."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from crm.accounts.models import Share
from crm.activity.spine import change, event, record_many
from crm.activity.timeline import timeline
from crm.activity.wording import Describer, describers
from customers.companies import services as companies
from customers.models import Company, Contact
from deals.models import Lead

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def company(people):
    return companies.create({"name": "上海云帆科技有限公司", "phone": "02164312345"}, by=people.rep_a)


@pytest.fixture
def words():
    """Register a describer for the length of a test."""
    added = []

    def add(verb, function, **options):
        describers.add(verb, Describer(function, **options))
        added.append(verb)

    yield add
    for verb in added:
        del describers._things[verb]


def happens(verb, record, by, **data):
    with event(verb, by=by, subject=record, data=data) as found:
        return found


def test_the_newest_comes_first_and_says_who_did_it(company, people):
    company = companies.update(company, {"notes": "met at the fair"}, by=people.rep_a)
    found = timeline(company, people.rep_a)
    assert [entry.verb for entry in found] == ["companies.updated", "companies.created"]
    assert found.entries[0].who == "林小雨"


def test_a_change_tells_old_and_new_of_what_a_person_typed_and_nothing_technical(company, people):
    company = companies.update(company, {"address": "浦东新区"}, by=people.rep_a)
    company = companies.update(company, {"address": "徐汇区", "employees": 1200}, by=people.rep_a)
    changes = [(c.label, c.old, c.new) for c in timeline(company, people.rep_a).entries[0].changes]
    assert changes == [("employees", "", "1,200"), ("address", "浦东新区", "徐汇区")]


def test_masked_fields_stay_masked_and_hidden_ones_are_left_out(company, people):
    company = companies.update(company, {"phone": "02199998888"}, by=people.rep_a)
    Share.objects.create(noun="companies", object_id=company.pk, user=people.outsourced)
    (change_seen,) = timeline(company, people.outsourced).entries[0].changes
    assert "99998888" not in change_seen.new + change_seen.old
    assert "***" in change_seen.new
    people.outsourced.role.fields = {"companies.phone": "hide"}
    assert timeline(company, people.outsourced).entries[0].changes == []


def test_a_describer_gets_the_names_behind_ids(company, people, words):
    words("tests.given", lambda activity, facts: f"to {facts.name('to')}", refs={"to": type(people.rep_a)}, icon="user-share")
    happens("tests.given", company, people.rep_a, to=people.rep_c.pk)
    entry = timeline(company, people.rep_a).entries[0]
    assert (entry.title, entry.icon) == ("to 何佳", "user-share")


def test_an_event_nobody_described_still_reads_as_words(company, people):
    happens("companies.step_taken", company, people.rep_a)
    assert timeline(company, people.rep_a).entries[0].title == "company · step taken"


def test_what_happened_to_records_the_reader_may_not_see_is_left_out(company, people):
    lead = Lead.objects.create(name="secret", owner=people.rep_c, team=people.east_2)
    with event("leads.created", by=people.rep_c, subject=lead) as found:
        found.about(company)
    assert "leads.created" not in [entry.verb for entry in timeline(company, people.rep_a)]
    assert "leads.created" in [entry.verb for entry in timeline(company, people.lead_east)]
    assert "leads.created" not in [entry.verb for entry in timeline(company, people.finance)]


def test_pages_by_key_show_every_event_once(company, people):
    for number in range(12):
        happens("tests.happened", company, people.rep_a, number=number)
    seen, before = [], None
    for _page in range(10):
        page = timeline(company, people.rep_a, before=before, limit=5)
        seen += [entry.id for entry in page]
        before = page.before
        if before is None:
            break
    assert len(seen) == 13
    assert seen == sorted(set(seen), reverse=True)


def test_a_filter_finds_its_few_events_among_many(company, people, words):
    words("tests.paid", lambda activity, facts: "paid", group="money")
    happens("tests.paid", company, people.rep_a)
    for _number in range(30):
        happens("tests.happened", company, people.rep_a)
    page = timeline(company, people.rep_a, group="money", limit=5)
    assert [entry.title for entry in page] == ["paid"]
    assert page.before is None


def test_a_page_of_fifty_costs_as_many_queries_as_a_page_of_five(company, people, django_assert_max_num_queries):
    for number in range(50):
        company = companies.update(company, {"notes": f"note {number}", "employees": number + 1}, by=people.rep_a)
        contact = Contact.objects.create(
            name=f"c{number}", company=company, owner=people.rep_b, team=people.east_1, co_owner=people.rep_a, co_team=people.east_1
        )
        with change("contacts.updated", contact, by=people.rep_b) as (contact, found):
            contact.position = "CTO"
            contact.store("position")
            found.about(company)
    people.rep_a.scope(Company)
    with django_assert_max_num_queries(5):
        page = timeline(company, people.rep_a, limit=50)
    assert len(page) == 50
    assert page.entries[0].changes[0].new == "CTO"


def test_the_page_of_a_timeline_is_for_those_who_see_the_record(company, people, signed_in):
    address = f"/activity/companies/{company.pk}/"
    assert signed_in(people.rep_a).get(address).status_code == 200
    assert signed_in(people.rep_c).get(address).status_code == 404
    assert signed_in(people.rep_a).get("/activity/nothing/1/").status_code == 404
    fragment = signed_in(people.rep_a).get(address + "?before=999999999", headers={"HX-Request": "true"})
    assert fragment.status_code == 200
    assert b"<html" not in fragment.content


def test_what_an_import_tells_of_years_ago_stands_where_it_happened(company, people):
    long_ago = [datetime(2024, 3, day, 9, tzinfo=UTC) for day in (4, 2, 3)]
    for moment in long_ago:
        record_many("tests.heard", [company], by=people.rep_a, at=lambda _record, moment=moment: moment)
    pages, before = [], None
    while not pages or before:
        page = timeline(company, people.rep_a, before=before, limit=1)
        pages += [entry.at for entry in page]
        before = page.before
    assert pages[1:] == sorted(long_ago, reverse=True)
