"""The administration of this floor: lists and rules take effect at once, repairs meet the rules of the verbs."""

import pytest

from crm.activity.models import Activity
from customers.companies import options
from customers.companies.models import Company, Option
from customers.contacts import rules
from customers.contacts.models import Rule

pytestmark = pytest.mark.django_db

ADMIN = "/admin/customers/"


@pytest.fixture
def back_office(people, signed_in):
    return signed_in(people.admin)


def test_a_new_house_has_lists_and_rules(db):
    counted = {name: Option.objects.filter(list=name).count() for name in ("industry", "source", "size")}
    assert counted == {"industry": 22, "source": 13, "size": 6}
    assert not Option.objects.filter(name_en="").exists()
    assert set(Rule.objects.values_list("code", "is_on")) == {("company", True), ("position", True), ("way", True)}


def test_every_page_opens(back_office, acme):
    for model, pk in (("option", Option.objects.first().pk), ("company", acme.company.pk), ("contact", acme.contact.pk), ("rule", Rule.objects.first().pk)):
        assert back_office.get(f"{ADMIN}{model}/").status_code == 200
        assert back_office.get(f"{ADMIN}{model}/{pk}/change/").status_code == 200


def test_an_option_that_is_withdrawn_is_no_longer_offered_and_keeps_its_words(back_office):
    option = Option.objects.get(list="source", code="ads")
    back_office.post(f"{ADMIN}option/{option.pk}/change/", {"name": "广告", "name_en": "Ads", "position": 7})
    assert "ads" not in dict(options.choices("source"))
    assert "ads" in options.labels("source")


def test_a_rule_that_is_switched_off_counts_no_longer(back_office):
    assert rules.is_on("position")
    back_office.post(f"{ADMIN}rule/{Rule.objects.get(code='position').pk}/change/", {})
    assert not rules.is_on("position")


def _given(company, **more):
    fields = {name: getattr(company, name) for name in ("name", "short_name", "credit_code", "industry", "region", "website", "phone", "notes")}
    return {key: value if value is not None else "" for key, value in fields.items()} | {"tags": ""} | more


def test_a_repair_goes_through_the_verb(back_office, people, make_company):
    company = make_company()
    answer = back_office.post(f"{ADMIN}company/{company.pk}/change/", _given(company, name="重庆长安汽车股份有限公司"))
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    company.refresh_from_db()
    assert (company.name, company.version) == ("重庆长安汽车股份有限公司", 2)
    assert company.sort_key.startswith("chong qing")
    assert Activity.objects.latest("pk").verb == "companies.updated"


def test_what_the_noun_refuses_the_back_office_refuses(back_office, make_company):
    company = make_company()
    answer = back_office.post(f"{ADMIN}company/{company.pk}/change/", _given(company, credit_code="123", industry="炼金术"))
    assert answer.status_code == 200
    assert set(answer.context["adminform"].form.errors) == {"credit_code", "industry"}
    assert Company.objects.get().version == 1


def test_nobody_else_gets_in(people, signed_in):
    assert signed_in(people.manager).get(f"{ADMIN}option/").status_code == 302
