"""Taking a conversion back (PRODUCT A5.3)."""

from datetime import timedelta

import pytest

from crm.activity.models import About, Activity
from crm.activity.spine import kind_of
from crm.core.errors import NotAllowed, WrongState
from customers.companies import services as companies
from customers.companies.models import Company
from customers.contacts.models import Contact
from deals.leads.conversion import convert, unconvert
from interactions.followups import services as followups
from interactions.log import services as interactions

pytestmark = pytest.mark.django_db
CREDIT_CODE = "91320594MA1X7Q8R4A"  # its check character fits


@pytest.fixture
def converted(people, make_lead, at):
    """A lead with a call and a promise, converted on a Friday with an opportunity."""
    now = at("2026-11-20 09:30")
    lead = make_lead("嘉兴南湖精工传动有限公司", person="沈国栋", position="设备部经理", mobile="13812347788")
    interactions.log({"channel": "phone", "subject": "电话", "about": lead}, by=people.rep_a)
    followups.plan({"title": "发报价", "about": lead, "due_at": now + timedelta(days=3)}, by=people.rep_a)
    return convert(lead, by=people.rep_a, company={"credit_code": CREDIT_CODE}, opportunity={"amount": "580000"})


def test_the_lead_is_back_and_what_was_made_for_it_is_gone(people, converted):
    lead = unconvert(converted, by=people.rep_a, reason="点错了")
    assert (lead.state, lead.owner, lead.company, lead.contact, lead.closed_at) == ("working", people.rep_a, None, None, None)
    assert (lead.next_step, lead.last_contact_at is not None) == ("发报价", True)
    for made in (Company.objects.get(), Contact.objects.get(), lead.opportunities.get()):
        assert made.deleted_at is not None
    event = Activity.objects.get(verb="leads.unconverted")
    assert (event.data["reason"], event.data["removed_company"], event.data["removed_contact"]) == (
        "点错了", Company.objects.get().pk, Contact.objects.get().pk,
    )  # fmt: skip


@pytest.mark.parametrize("who", ["telesales", "partner"])
def test_who_may_delete_nothing_takes_the_own_conversion_back(who, people, make_lead):
    by = getattr(people, who)
    opportunity = {"amount": "580000"} if by.may("opportunities.create") else None
    contact = {"name": "沈国栋", "position": "设备部经理", "mobile": "13812347788"}
    lead = convert(make_lead("南湖精工", by=by), by=by, company={"credit_code": CREDIT_CODE}, contact=contact, opportunity=opportunity)
    made = [lead.company, lead.contact, *lead.opportunities.all()]
    with pytest.raises(NotAllowed):
        companies.delete(lead.company, by=by)
    lead = unconvert(lead, by=by)
    assert (lead.owner, lead.company, lead.is_open) == (by, None, True)
    for record in made:
        record.refresh_from_db()
        assert record.deleted_at is not None
    assert set(Activity.objects.filter(verb__endswith=".deleted").values_list("data__because", flat=True)) == {"leads.unconverted"}


def test_the_conversion_of_somebody_else_is_not_theirs_to_take_back(people, converted):
    for other in (people.telesales, people.partner, people.rep_b):
        with pytest.raises(NotAllowed):
            unconvert(converted, by=other)


def test_what_was_said_is_about_the_lead_alone_again(people, converted):
    company = converted.company
    unconvert(converted, by=people.rep_a)
    for row in (*company.interactions.all(), *company.followups.all()):
        pytest.fail(f"{row} still lies under the company")
    before = Activity.objects.get(verb="leads.created")
    assert not About.objects.filter(kind=kind_of(company), object_id=company.pk, activity=before).exists()
    assert About.objects.filter(kind=kind_of(converted), object_id=converted.pk, activity=before).exists()


def test_it_can_be_converted_again(people, converted):
    unconvert(converted, by=people.rep_a)
    lead = convert(converted, by=people.rep_a, company={"credit_code": CREDIT_CODE})
    assert lead.is_converted
    assert Company.objects.live().get() == lead.company


def test_a_customer_in_use_stays(people, converted):
    company = converted.company
    interactions.log({"channel": "visit", "subject": "拜访", "company": company}, by=people.rep_a)
    unconvert(converted, by=people.rep_a)
    company.refresh_from_db()
    assert company.deleted_at is None
    assert company.last_contact_at is not None


def test_a_customer_we_had_before_stays(people, make_lead, make_company):
    known = make_company("南湖精工", credit_code=CREDIT_CODE)
    lead = convert(make_lead("南湖"), by=people.rep_a, company=known)
    unconvert(lead, by=people.rep_a)
    known.refresh_from_db()
    assert known.deleted_at is None


def test_within_seven_days_but_not_later(people, converted, at):
    at(converted.closed_at + timedelta(days=7, seconds=1))
    with pytest.raises(WrongState) as refusal:
        unconvert(converted, by=people.rep_a)
    assert refusal.value.code == "conversion_too_old"
    at(converted.closed_at + timedelta(days=7))
    assert unconvert(converted, by=people.rep_a).state == "working"


def test_taken_back_twice_is_taken_back_once(people, converted):
    unconvert(converted, by=people.rep_a)
    unconvert(converted, by=people.rep_a)
    assert Activity.objects.filter(verb="leads.unconverted").count() == 1


def test_what_was_never_converted_cannot_be_taken_back(people, make_lead):
    with pytest.raises(WrongState) as refusal:
        unconvert(make_lead(), by=people.rep_a)
    assert refusal.value.code == "not_converted"
