"""Cleaning of leads: what is written at once, what is proposed, and what a masked pool keeps covered."""

import pytest

from customers.quality import review
from customers.quality import services as quality
from customers.quality.models import Proposal
from deals.leads import services
from deals.leads.models import Lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(people):
    """A lead of rep_a as an old house holds it."""
    made = services.create({"name": "精工传动", "person": "沈国栋", "mobile": "13912345678"}, by=people.rep_a)
    old = {"name": "嘉兴(南湖)精工传动有限公司", "person": "沈　国栋", "mobile": "139 1234 5678", "email": "Shen@gmial.com ", "industry": "机床设备"}
    Lead.objects.filter(pk=made.pk).update(**old)
    made.refresh_from_db()
    return made


def clean(people, run_jobs):
    run = quality.start(by=people.manager)
    run_jobs()
    return run


def test_a_lead_is_standardised_at_once_and_the_rest_is_proposed(lead, people, run_jobs):
    clean(people, run_jobs)
    lead.refresh_from_db()
    assert (lead.name, lead.person, lead.mobile, lead.email) == ("嘉兴（南湖）精工传动有限公司", "沈国栋", "+8613912345678", "shen@gmial.com")
    assert lead.digits == "13912345678"
    found = {row.rule: row.after for row in Proposal.objects.filter(noun="leads", state="open")}
    assert found == {"lead-meant": "machinery", "lead-mail-slip": "shen@gmail.com", "lead-region-gap": "3304"}


def test_a_cleaning_of_leads_is_taken_back(lead, people, run_jobs):
    before = (lead.name, lead.mobile)
    run = clean(people, run_jobs)
    run.refresh_from_db()
    quality.take_back(run, by=people.manager)
    run_jobs()
    lead.refresh_from_db()
    assert (lead.name, lead.mobile) == before


def test_a_lead_that_became_a_customer_stays_as_it_was(lead, people, run_jobs):
    Lead.objects.filter(pk=lead.pk).update(state=Lead.State.CONVERTED)
    clean(people, run_jobs)
    assert Proposal.objects.filter(noun="leads").count() == 0
    lead.refresh_from_db()
    assert lead.name == "嘉兴(南湖)精工传动有限公司"


def test_a_role_that_reads_addresses_masked_sees_them_masked_in_proposals(lead, people, run_jobs):
    clean(people, run_jobs)
    people.rep_a.role.fields = {"leads.email": "mask"}
    (shown,) = review.in_words(Proposal.objects.filter(rule="lead-mail-slip"), people.rep_a)
    assert (shown.before, shown.after) == ("s***@gmial.com", "s***@gmail.com")
