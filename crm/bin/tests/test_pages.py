"""The pages of the bin: who, when, what went along; the conflicts before anything is restored; many at once."""

import pytest

from crm.bin.belongings import belongings
from crm.bin.waysback import ways_back
from crm.core.models import CompanyChild
from customers.companies import services as companies
from customers.companies.cleaning import clean as companies_clean
from customers.contacts import services as contacts
from customers.models import Company, Contact

pytestmark = pytest.mark.django_db
BIN = "/customers/companies/bin/"


@pytest.fixture
def firm(people, at):
    at("2026-11-02 09:00")
    firm = companies.create({"name": "苏州恒立达科技"}, by=people.rep_a)
    contacts.create({"name": "沈丽华", "company": firm, "position": "采购", "points": [{"kind": "mobile", "value": "13812347788"}]}, by=people.rep_a)
    return firm


def test_the_bin_says_who_put_it_there_what_went_along_and_how_long_it_stays(firm, people, signed_in, at):
    companies.delete(firm, by=people.lead_east)
    at("2026-11-05 10:00")
    (row,) = signed_in(people.rep_a).get(BIN).context["rows"]
    assert (row["who"], row["along"], row["days"]) == (people.lead_east, [(Contact._meta.verbose_name_plural, 1)], 56)


def test_a_full_bin_is_read_page_by_page_and_searched_by_name(people, signed_in):
    firms = companies.create_many([companies_clean({"name": f"第{n}家机械厂"}) for n in range(105)], by=people.rep_a, is_checked=True)
    companies.delete_many(firms, by=people.rep_a)
    browser, seen, url = signed_in(people.rep_a), [], BIN
    while url:
        page = browser.get(url).context
        seen.append({row["record"].pk for row in page["rows"]})
        url = page["next_url"] and BIN + page["next_url"]
    assert [len(rows) for rows in seen] == [100, 5]
    assert set.union(*seen) == {firm.pk for firm in firms}
    (row,) = browser.get(BIN, {"q": "第104家"}).context["rows"]
    assert row["record"] == firms[104]
    assert browser.get(BIN, {"q": "没有这家"}).context["rows"] == []
    page = browser.get("/api/v1/bin/companies/", {"page_size": 2, "q": "家机械"}).json()
    assert (len(page["results"]), bool(page["next"]), page["previous"]) == (2, True, None)


def test_a_child_in_its_own_bin_names_the_record_it_went_with(firm, people, signed_in, at):
    at("2026-11-03 10:00")
    companies.delete(firm, by=people.rep_a)
    (row,) = signed_in(people.rep_a).get("/customers/contacts/bin/").context["rows"]
    assert row["holder"] == firm


@pytest.mark.usefixtures("nothing_ages")
def test_the_bin_costs_the_same_for_one_as_for_many(people, signed_in, at, django_assert_num_queries, django_assert_max_num_queries):
    at("2026-11-02 09:00")
    browser = signed_in(people.rep_a)

    def fill(number):
        for n in range(number):
            company = companies.create({"name": f"第{Company._base_manager.count()}家"}, by=people.rep_a)
            mobile = f"138{Contact._base_manager.count():08d}"
            contacts.create({"name": f"人{n}", "company": company, "position": "采购", "points": [{"kind": "mobile", "value": mobile}]}, by=people.rep_a)
            companies.delete(company, by=people.rep_a)

    fill(2)
    browser.get(BIN)
    with django_assert_max_num_queries(60) as few:
        browser.get(BIN)
    fill(6)
    with django_assert_num_queries(len(few)):
        browser.get(BIN)


def test_a_conflict_is_shown_with_its_choices_and_the_choice_solves_it(firm, people, signed_in, at):
    at("2026-11-03 10:00")
    companies.delete(firm, by=people.rep_a)
    other = companies.create({"name": "无锡华兴电子"}, by=people.rep_a)
    contacts.create({"name": "别人", "company": other, "position": "采购", "points": [{"kind": "mobile", "value": "13812347788"}]}, by=people.rep_a)
    browser, address = signed_in(people.rep_a), f"/customers/companies/{firm.pk}/restoration/"
    before, refused = browser.get(address), browser.post(address)
    assert (before.status_code, refused.status_code) == (200, 409)
    (met,) = before.context["met"]
    assert f'value="{met.choice}"' in refused.content.decode()
    done = browser.post(address, {"without": met.choice}, follow=True)
    assert len(done.redirect_chain) == 1
    assert any("1" in str(message) for message in done.context["messages"] if message.level_tag == "warning")
    assert Company.objects.live().filter(pk=firm.pk).exists()


def test_the_message_says_what_came_back_with_it(firm, people, signed_in, at):
    at("2026-11-03 10:00")
    companies.delete(firm, by=people.rep_a)
    done = signed_in(people.rep_a).post(f"/customers/companies/{firm.pk}/restoration/", follow=True)
    (message,) = done.context["messages"]
    assert str(message).endswith(f"{Contact._meta.verbose_name_plural} 1")


def test_many_come_back_at_once_and_those_with_a_conflict_are_named(firm, people, signed_in, at):
    person = Contact.objects.get()
    loner = Contact.objects.create(name="散客", owner=people.rep_a, team=people.east_1)
    at("2026-11-03 10:00")
    companies.delete(firm, by=people.rep_a)
    contacts.delete(loner, by=people.rep_a)
    answer = signed_in(people.rep_a).post("/bin/contacts/restoration/", {"id": [person.pk, loner.pk]}, follow=True)
    assert set(Contact.objects.live()) == {loner}
    told = [str(message) for message in answer.context["messages"]]
    assert any("沈丽华" in text and "苏州恒立达科技" in text for text in told)


def test_the_api_shows_the_conflict_and_takes_the_way_round(firm, people, signed_in, at):
    at("2026-11-03 10:00")
    companies.delete(firm, by=people.rep_a)
    other = companies.create({"name": "无锡华兴电子"}, by=people.rep_a)
    contacts.create({"name": "别人", "company": other, "position": "采购", "points": [{"kind": "mobile", "value": "13812347788"}]}, by=people.rep_a)
    browser, address = signed_in(people.rep_a), f"/api/v1/bin/companies/{firm.pk}/"
    assert [row["id"] for row in browser.get("/api/v1/bin/companies/").json()["results"]] == [firm.pk]
    look = browser.get(address).json()
    assert (look["deleted_by"]["id"], look["along"]) == (people.rep_a.pk, {"contacts": 1})
    (met,) = look["obstacles"]
    refused = browser.post(f"{address}restoration/", {}, content_type="application/json")
    assert (refused.status_code, refused.json()["obstacles"]) == (409, [met])
    done = browser.post(f"{address}restoration/", {"without": [met["choice"]]}, content_type="application/json")
    assert (done.status_code, done.json()) == (200, {"noun": "companies", "id": firm.pk})
    assert signed_in(people.rep_c).get(address).status_code == 404


def test_another_team_finds_neither_the_record_nor_its_conflicts(firm, people, signed_in):
    companies.delete(firm, by=people.rep_a)
    browser = signed_in(people.rep_c)
    assert browser.get(BIN).context["rows"] == []
    assert browser.get(f"/customers/companies/{firm.pk}/restoration/").status_code == 404
    browser.post("/bin/companies/restoration/", {"id": [firm.pk]})
    assert Company._base_manager.get(pk=firm.pk).deleted_at


def test_everything_that_lies_under_a_company_goes_into_the_bin_with_it():
    children = {model for model in _models() if issubclass(model, CompanyChild)}
    assert {one.model for one in belongings if one.holder == "companies"} == children


def test_every_noun_with_a_bin_can_be_restored_by_its_verb():
    assert {"companies", "contacts", "leads", "opportunities", "contracts", "orders", "tickets", "interactions"} == {noun for noun, _way in ways_back.items()}


def _models():
    return [model for model in Company._meta.apps.get_models() if not model._meta.abstract]
