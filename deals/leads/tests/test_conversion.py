"""From lead to customer (PRODUCT A5.1, A5.2)."""

from datetime import timedelta

import pytest

from crm.activity.models import About, Activity, StateChange
from crm.activity.spine import kind_of
from crm.core.errors import Conflict, Invalid, NotAllowed, WrongState
from customers.companies.models import Company
from customers.contacts import services as contacts
from customers.contacts.models import Contact
from deals.leads import services
from deals.leads.conversion import convert
from interactions.followups import services as followups
from interactions.log import services as interactions

pytestmark = pytest.mark.django_db
CREDIT_CODE = "91320594MA1X7Q8R4A"  # its check character fits
WRONG_CHECK = CREDIT_CODE[:-1] + ("3" if CREDIT_CODE[-1] != "3" else "4")


@pytest.fixture
def lead(make_lead):
    """A lead of rep_a with a person one can reach."""
    return make_lead("嘉兴南湖精工传动有限公司", person="沈国栋", position="设备部经理", mobile="13812347788", need="三条产线联网")


def test_a_lead_becomes_company_contact_and_opportunity(people, lead, at):
    now = at("2026-11-20 09:30")
    lead = convert(lead, by=people.rep_a, company={"credit_code": CREDIT_CODE}, opportunity={"amount": "580000"})
    assert (lead.state, lead.closed_at, lead.owner) == ("converted", now, people.rep_a)
    assert (lead.company.name, lead.company.credit_code, lead.company.owner) == ("嘉兴南湖精工传动有限公司", CREDIT_CODE, people.rep_a)
    assert (lead.contact.name, lead.contact.position, lead.contact.company) == ("沈国栋", "设备部经理", lead.company)
    assert list(lead.contact.points.values_list("kind", "norm")) == [("mobile", "+8613812347788")]
    opportunity = lead.opportunities.get()
    assert (opportunity.company, opportunity.contact, opportunity.lead, opportunity.stage.code) == (lead.company, lead.contact, lead, "need")
    assert (opportunity.name, opportunity.need, str(opportunity.amount)) == ("嘉兴南湖精工传动有限公司", "三条产线联网", "580000.00")
    lead.company.refresh_from_db()
    assert lead.company.get_step_display() == Company(step=2).get_step_display()
    assert StateChange.objects.filter(object_id=lead.pk, to_state="converted", kind=kind_of(lead)).count() == 1


def test_the_opportunity_is_optional(people, lead):
    convert(lead, by=people.rep_a, company={"credit_code": CREDIT_CODE})
    assert not lead.opportunities.exists()
    assert Company.objects.get().step == 1


def test_what_is_missing_is_listed_and_nothing_happens(people, make_lead):
    lead = make_lead("沈国栋", person="沈国栋", mobile="13812347788")
    with pytest.raises(Invalid) as refusal:
        convert(lead, by=people.rep_a)
    assert refusal.value.code == "conversion_incomplete"
    assert list(refusal.value.errors) == ["company.name", "company.credit_code"]
    lead.refresh_from_db()
    assert lead.state == "pending"
    assert not Company.objects.exists()


def test_a_contact_that_lacks_something_is_refused_at_its_field(people, make_lead):
    lead = make_lead("南湖精工", person="沈国栋", mobile="13812347788")
    with pytest.raises(Invalid) as refusal:
        convert(lead, by=people.rep_a, company={"credit_code": CREDIT_CODE})
    assert list(refusal.value.errors) == ["contact.position"]
    assert not Company.objects.exists()
    assert convert(lead, by=people.rep_a, company={"credit_code": CREDIT_CODE}, contact={"position": "经理"}).is_converted


@pytest.mark.parametrize("code", ["9133040", CREDIT_CODE.replace("9132", "9I32")])
def test_a_credit_code_of_wrong_form_is_refused_with_and_without_a_reason(people, lead, code):
    for reason in ("", "客户这样发的"):
        with pytest.raises(Invalid) as refusal:
            convert(lead, by=people.rep_a, company={"credit_code": code}, code_reason=reason)
        assert list(refusal.value.errors) == ["company.credit_code"]


def test_a_wrong_check_character_is_taken_with_a_reason_that_stays(people, lead):
    with pytest.raises(Invalid) as refusal:
        convert(lead, by=people.rep_a, company={"credit_code": WRONG_CHECK})
    assert list(refusal.value.errors) == ["company.credit_code"]
    convert(lead, by=people.rep_a, company={"credit_code": WRONG_CHECK}, code_reason="营业执照上就是这个")
    assert Activity.objects.get(verb="leads.converted").data["code_reason"] == "营业执照上就是这个"


def test_without_a_code_it_takes_the_right_and_a_reason(people, lead):
    with pytest.raises(Invalid):
        convert(lead, by=people.lead_east)
    with pytest.raises(NotAllowed) as refusal:
        convert(lead, by=people.rep_a, code_reason="境外客户")
    assert refusal.value.facts["right"] == "leads.convert_without_code"
    lead = convert(lead, by=people.lead_east, code_reason="境外客户")
    assert (lead.is_converted, lead.company.credit_code, lead.company.owner) == (True, "", people.rep_a)


def test_the_same_code_joins_the_customer_we_have(people, lead, make_company):
    known = make_company("南湖精工", credit_code=CREDIT_CODE)
    lead = convert(lead, by=people.rep_a, company={"credit_code": CREDIT_CODE.lower()})
    assert lead.company == known
    assert Company.objects.count() == 1
    assert Activity.objects.get(verb="leads.converted").data["new_company"] is False


def test_a_customer_of_others_is_not_joined_in_silence(people, lead, make_company):
    make_company("南湖精工", by=people.lead_south, credit_code=CREDIT_CODE)
    with pytest.raises(Conflict) as refusal:
        convert(lead, by=people.rep_a, company={"credit_code": CREDIT_CODE})
    assert (refusal.value.code, refusal.value.field) == ("company_held", "company.credit_code")
    assert "华南大区" in str(refusal.value)


def test_a_company_of_this_name_is_not_made_twice(people, lead, make_company):
    known = make_company("嘉兴南湖精工传动有限公司")
    with pytest.raises(Conflict) as refusal:
        convert(lead, by=people.rep_a, company={"credit_code": CREDIT_CODE})
    assert (refusal.value.code, refusal.value.field) == ("possible_duplicate", "company.name")
    with pytest.raises(Invalid) as refusal:
        convert(lead, by=people.rep_a, company=known)
    assert list(refusal.value.errors) == ["company.credit_code"]


def test_a_chosen_company_must_be_in_reach(people, lead, make_company):
    with pytest.raises(Invalid) as refusal:
        convert(lead, by=people.rep_a, company=make_company(by=people.lead_south, credit_code=CREDIT_CODE))
    assert refusal.value.code == "out_of_reach"


def test_the_contact_with_the_same_number_is_joined(people, lead, make_company):
    known = make_company("南湖精工", credit_code=CREDIT_CODE)
    person = contacts.create({"name": "沈工", "company": known, "position": "经理", "mobile": "+86 138-1234-7788"}, by=people.rep_a)
    assert convert(lead, by=people.rep_a, company=known).contact == person
    assert Contact.objects.count() == 1


def test_a_chosen_contact_belongs_to_the_company(people, lead, make_company):
    known, other = make_company("南湖精工", credit_code=CREDIT_CODE), make_company()
    person = contacts.create({"name": "沈工", "company": other, "position": "经理", "mobile": "13900001111"}, by=people.rep_a)
    with pytest.raises(Invalid) as refusal:
        convert(lead, by=people.rep_a, company=known, contact=person)
    assert refusal.value.code == "other_company"


def test_a_refused_opportunity_takes_everything_back(people, lead):
    with pytest.raises(Invalid) as refusal:
        convert(lead, by=people.rep_a, company={"credit_code": CREDIT_CODE}, opportunity={"amount": "-1"})
    assert list(refusal.value.errors) == ["opportunity.amount"]
    assert not Company.objects.exists()
    assert not Activity.objects.filter(verb__in=["leads.converted", "companies.created"]).exists()


def test_what_was_said_and_promised_goes_along(people, lead, at):
    now = at("2026-11-20 09:30")
    said = interactions.log({"channel": "phone", "subject": "电话", "about": lead}, by=people.rep_a)
    promised = followups.plan({"title": "发报价", "about": lead, "due_at": now + timedelta(days=1)}, by=people.rep_a)
    lead = convert(lead, by=people.rep_a, company={"credit_code": CREDIT_CODE})
    for row in (said, promised):
        row.refresh_from_db()
        assert (row.company, row.contact, row.co_owner, row.about_id) == (lead.company, lead.contact, people.rep_a, lead.pk)
    lead.company.refresh_from_db()
    assert (lead.company.last_contact_at, lead.company.next_step, lead.company.next_step_at) == (now, "发报价", now + timedelta(days=1))


def test_the_customer_shows_what_happened_to_the_lead(people, lead):
    interactions.log({"channel": "phone", "subject": "电话", "about": lead}, by=people.rep_a)
    lead = convert(lead, by=people.rep_a, company={"credit_code": CREDIT_CODE})
    about = About.objects.filter(kind=kind_of(lead.company), object_id=lead.company_id)
    verbs = set(Activity.objects.filter(pk__in=about.values("activity")).values_list("verb", flat=True))
    assert {"leads.created", "interactions.logged", "leads.converted", "companies.created"} <= verbs


def test_a_converted_lead_is_read_only(people, lead):
    convert(lead, by=people.rep_a, company={"credit_code": CREDIT_CODE})
    refused = [
        lambda: services.update(lead, {"need": "x"}, by=people.rep_a),
        lambda: services.invalidate(lead, reason="x", by=people.rep_a),
        lambda: services.delete(lead, by=people.rep_a),
        lambda: services.update_many([lead], {"tags": ["x"]}, by=people.rep_a),
        lambda: interactions.log({"channel": "phone", "subject": "x", "about": lead.__class__.objects.get()}, by=people.rep_a),
    ]
    for call in refused:
        with pytest.raises(WrongState) as refusal:
            call()
        assert refusal.value.code == "lead_converted"


def test_converted_twice_is_converted_once(people, lead):
    convert(lead, by=people.rep_a, company={"credit_code": CREDIT_CODE}, opportunity={})
    convert(lead, by=people.rep_a, company={"credit_code": CREDIT_CODE}, opportunity={})
    assert (Company.objects.count(), Contact.objects.count(), lead.opportunities.count()) == (1, 1, 1)


def test_an_invalid_lead_is_not_converted(people, lead):
    services.invalidate(lead, reason="空号", by=people.rep_a)
    with pytest.raises(WrongState) as refusal:
        convert(lead, by=people.rep_a, company={"credit_code": CREDIT_CODE})
    assert refusal.value.code == "lead_closed"


def test_nobody_converts_a_lead_out_of_reach(people, lead):
    with pytest.raises(NotAllowed):
        convert(lead, by=people.rep_c, company={"credit_code": CREDIT_CODE})
