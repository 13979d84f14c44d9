"""A new lead that is a customer already (PRODUCT A4.5)."""

import re

import pytest
from django.test import Client

from crm.accounts import services as accounts
from crm.core.errors import Conflict, Invalid
from customers.contacts import services as contacts
from deals.leads import services
from deals.leads.joining import add_to_customer
from deals.leads.models import Lead

pytestmark = pytest.mark.django_db
CODE = "91320594MA1X7Q8R4A"
VALUES = {"name": "恒立达", "person": "沈总", "mobile": "138 1234 7788", "need": "再要两台", "source": "website"}


@pytest.fixture
def customer(people, make_company):
    """A person at a company of rep_a."""
    company = make_company("苏州恒立达精密机械有限公司", credit_code=CODE)
    return contacts.create({"name": "沈国栋", "company": company, "position": "经理", "mobile": "13812347788"}, by=people.rep_a)


def test_a_new_lead_equal_to_a_contact_is_asked_about(people, customer):
    with pytest.raises(Conflict) as refused:
        services.create(VALUES, by=people.rep_a)
    assert (refused.value.code, refused.value.field) == ("possible_duplicate", "mobile")
    first = refused.value.facts["matches"][0]
    assert (first.noun, first.pk, first.join) == ("contacts", customer.pk, f"contacts:{customer.pk}")
    assert not Lead.objects.exists()


def test_it_is_added_to_that_customer_with_its_source_and_its_need(people, customer):
    lead = add_to_customer(VALUES, to=f"contacts:{customer.pk}", by=people.rep_a)
    assert (lead.company, lead.contact, lead.state, lead.source, lead.need) == (customer.company, customer, "converted", "website", "再要两台")
    assert customer.company.contacts.count() == 1


def test_added_to_a_company_it_brings_its_person_along(people, make_company):
    company = make_company("苏州恒立达精密机械有限公司", credit_code=CODE)
    lead = add_to_customer(VALUES | {"position": "总经理"}, to=f"companies:{company.pk}", by=people.rep_a)
    assert (lead.company, lead.contact.name, lead.contact.company) == (company, "沈总", company)


@pytest.mark.parametrize("to", ["contacts:{}", "companies:0", "leads:1", "contacts:x", "", "contacts:" + "9" * 30])
def test_out_of_reach_nothing_is_added(people, customer, to):
    with pytest.raises(Invalid):
        add_to_customer(VALUES, to=to.format(customer.pk), by=people.rep_c)
    assert not Lead.objects.exists()


def test_the_page_offers_it_and_one_click_leads_to_the_customer(people, customer, signed_in):
    browser = signed_in(people.rep_a)
    browser.cookies["km_language"] = "en"
    answer = browser.post("/deals/leads/new/", VALUES)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Add to that customer" in text
    join = re.search(r'name="join" value="([^"]+)"', text)[1]
    done = browser.post("/deals/leads/new/", VALUES | {"join": join, "once": "k"})
    assert (done.status_code, done.url) == (303, f"/customers/companies/{customer.company_id}/")
    assert browser.post("/deals/leads/new/", VALUES | {"join": join, "once": "k"}).url == done.url
    assert Lead.objects.count() == 1


def test_somebody_elses_customer_is_told_masked_and_not_offered(people, customer, signed_in):
    answer = signed_in(people.rep_c).post("/deals/leads/new/", VALUES)
    first = answer.context["refusal"].facts["matches"][0]
    assert (answer.status_code, first.name, first.join) == (409, "", "")
    assert first.ticket
    assert "沈国栋" not in answer.content.decode()


def test_a_program_adds_it_to_the_customer_that_the_refusal_names(people, customer):
    _token, secret = accounts.issue_token(people.rep_a, name="test", scopes=["leads:write"], by=people.rep_a)
    program = Client(headers={"authorization": f"Bearer {secret}", "idempotency-key": "k-1"})
    refused = program.post("/api/v1/leads/", VALUES, content_type="application/json")
    join = refused.json()["matches"][0]["join"]
    done, again = (program.post("/api/v1/leads/joining/", VALUES | {"to": join}, content_type="application/json") for _ in range(2))
    assert (done.status_code, done.json()["state"], done.json()["contact"]) == (201, "converted", customer.pk)
    assert (again.json()["id"], Lead.objects.count()) == (done.json()["id"], 1)
    assert program.post("/api/v1/leads/joining/", VALUES | {"to": "contacts:0"}, content_type="application/json").status_code == 422
