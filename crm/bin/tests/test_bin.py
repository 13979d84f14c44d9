"""What goes into the bin together comes back together, and nothing else does."""

import pytest
from django.utils.dateparse import parse_datetime

from crm.activity import undo
from crm.activity.models import Activity
from crm.core.errors import Conflict, NotAllowed, Refusal, WrongState
from customers.companies import services as companies
from customers.contacts import services as contacts
from customers.models import Company, Contact
from deals.models import Order
from deals.opportunities import services as opportunities
from interactions.followups import services as followups
from interactions.log import services as log
from interactions.models import FollowUp, Interaction

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(people, at):
    at("2026-11-02 09:00")
    return companies.create({"name": "苏州恒立达科技"}, by=people.rep_a)


@pytest.fixture
def person(firm, people):
    return contacts.create({"name": "沈丽华", "company": firm, "position": "采购", "points": [{"kind": "mobile", "value": "13812347788"}]}, by=people.rep_a)


@pytest.fixture
def plan(firm, people):
    return followups.plan({"company": firm, "title": "回电", "due_at": parse_datetime("2026-11-05T09:00+08:00")}, by=people.rep_a)


def in_bin(model):
    return set(model._base_manager.exclude(deleted_at=None).values_list("pk", flat=True))


def test_a_company_takes_what_lies_under_it_into_the_bin_and_brings_it_back(firm, person, plan, people, at):
    at("2026-11-03 09:00")
    companies.delete(firm, by=people.rep_a)
    assert (in_bin(Contact), in_bin(FollowUp)) == ({person.pk}, {plan.pk})
    at("2026-11-04 09:00")
    companies.restore(firm, by=people.rep_a)
    assert (in_bin(Company), in_bin(Contact), in_bin(FollowUp)) == (set(), set(), set())
    told = Activity.objects.get(verb="companies.restored")
    assert told.data["along"] == {"contacts": 1, "followups": 1}
    assert Activity.objects.get(verb="contacts.restored").data["because"] == "companies.restored"


def test_what_was_deleted_on_its_own_before_stays_in_the_bin(firm, person, people, at):
    other = contacts.create({"name": "顾伟", "company": firm, "position": "仓管", "points": [{"kind": "mobile", "value": "13912345678"}]}, by=people.rep_a)
    at("2026-11-03 09:00")
    contacts.delete(other, by=people.rep_a)
    at("2026-11-03 10:00")
    companies.delete(firm, by=people.rep_a)
    companies.restore(firm, by=people.rep_a)
    assert in_bin(Contact) == {other.pk}


def test_many_companies_bring_back_each_its_own(firm, person, people, at):
    second = companies.create({"name": "无锡华兴电子"}, by=people.rep_a)
    hers = contacts.create({"name": "周静", "company": second, "position": "采购", "points": [{"kind": "mobile", "value": "13912345678"}]}, by=people.rep_a)
    at("2026-11-03 09:00")
    companies.delete_many([firm, second], by=people.rep_a)
    assert in_bin(Contact) == {person.pk, hers.pk}
    companies.restore(second, by=people.rep_a)
    assert (in_bin(Company), in_bin(Contact)) == ({firm.pk}, {person.pk})


def test_taking_back_a_bulk_deletion_brings_the_children_back_too(firm, person, people, at):
    second = companies.create({"name": "无锡华兴电子"}, by=people.rep_a)
    at("2026-11-03 09:00")
    companies.delete_many([firm, second], by=people.rep_a)
    event = Activity.objects.filter(verb="companies.deleted").latest("pk").data["within"]
    undone = undo.undo(event, by=people.rep_a)
    assert (len(undone.restored), in_bin(Company), in_bin(Contact)) == (2, set(), set())


def deletion_of(rows, by):
    """The event of a bulk deletion of these companies."""
    companies.delete_many(rows, by=by)
    return Activity.objects.filter(verb="companies.deleted").latest("pk").data["within"]


def test_taking_back_a_bulk_deletion_leaves_a_person_in_the_bin_whose_number_somebody_else_has_by_now(firm, person, people, at):
    second = companies.create({"name": "无锡华兴电子"}, by=people.rep_a)
    at("2026-11-03 09:00")
    event = deletion_of([firm, second], people.rep_a)
    contacts.create(
        {"name": "沈丽华", "company": companies.create({"name": "常州远东"}, by=people.rep_a), "position": "采购", "mobile": "13812347788"}, by=people.rep_a
    )
    undone = undo.undo(event, by=people.rep_a)
    assert (len(undone.restored), undone.left, in_bin(Company), in_bin(Contact)) == (2, [person], set(), {person.pk})


def test_taking_back_a_bulk_deletion_of_people_leaves_those_in_the_bin_whose_company_lies_there(firm, person, people, at):
    lone = contacts.create(
        {"name": "周静", "company": companies.create({"name": "常州远东"}, by=people.rep_a), "position": "采购", "mobile": "13912345678"}, by=people.rep_a
    )
    at("2026-11-03 09:00")
    contacts.delete_many([person, lone], by=people.rep_a)
    event = Activity.objects.filter(verb="contacts.deleted").latest("pk").data["within"]
    companies.delete(firm, by=people.rep_a)
    undone = undo.undo(event, by=people.rep_a)
    assert (undone.restored, undone.left, in_bin(Contact)) == ([lone], [person], {person.pk})


def test_taking_back_a_bulk_deletion_leaves_in_the_bin_what_nobody_would_own(firm, person, people, at):
    other = companies.create({"name": "无锡华兴电子"}, by=people.manager, owner=people.rep_b)
    at("2026-11-03 09:00")
    event = deletion_of([firm, other], people.manager)
    type(people.rep_b).objects.filter(pk=people.rep_b.pk).update(is_active=False)
    undone = undo.undo(event, by=people.manager)
    assert (undone.restored, undone.left, in_bin(Company)) == ([firm], [other], {other.pk})


def test_a_company_with_signed_business_is_not_deleted_and_the_refusal_says_what_stays(firm, make_contract, people, at):
    make_contract(firm, by=people.rep_a, signed=True)
    with pytest.raises(WrongState) as refused:
        companies.delete(firm, by=people.rep_a)
    assert (refused.value.code, refused.value.facts) == ("something_stays", {"contracts": 1})
    assert in_bin(Company) == set()


def test_an_opportunity_takes_its_plans_along_and_the_company_shows_the_next_one(firm, plan, make_deal, people, at):
    deal = make_deal(firm, by=people.rep_a)
    followups.plan({"about": deal, "title": "报价", "due_at": parse_datetime("2026-11-03T15:00+08:00")}, by=people.rep_a)
    assert Company.objects.get(pk=firm.pk).next_step == "报价"
    at("2026-11-03 09:00")
    opportunities.delete(deal, by=people.rep_a)
    assert Company.objects.get(pk=firm.pk).next_step == "回电"
    opportunities.restore(deal, by=people.rep_a)
    assert Company.objects.get(pk=firm.pk).next_step == "报价"


def test_a_child_whose_company_lies_in_the_bin_says_so(firm, person, people, at):
    at("2026-11-03 09:00")
    companies.delete(firm, by=people.rep_a)
    with pytest.raises(Conflict) as refused:
        contacts.restore(person, by=people.rep_a)
    assert refused.value.code == "holder_in_bin"
    assert "苏州恒立达科技" in str(refused.value)


def test_a_number_taken_meanwhile_is_a_conflict_with_a_way_round(firm, person, people, at):
    at("2026-11-03 09:00")
    contacts.delete(person, by=people.rep_a)
    contacts.create({"name": "别人", "company": firm, "position": "采购", "points": [{"kind": "mobile", "value": "13812347788"}]}, by=people.rep_a)
    with pytest.raises(Conflict) as refused:
        contacts.restore(person, by=people.rep_a)
    (met,) = refused.value.facts["obstacles"]
    assert (met.code, met.way, met.choice) == ("duplicate", "without", "mobile")
    contacts.restore(person, by=people.rep_a, without=["mobile"])
    assert in_bin(Contact) == set()
    assert not Contact.objects.get(pk=person.pk).points.exists()


def test_a_child_with_a_conflict_can_stay_in_the_bin(firm, person, people, at):
    at("2026-11-03 09:00")
    companies.delete(firm, by=people.rep_a)
    other = companies.create({"name": "无锡华兴电子"}, by=people.rep_a)
    contacts.create({"name": "别人", "company": other, "position": "采购", "points": [{"kind": "mobile", "value": "13812347788"}]}, by=people.rep_a)
    with pytest.raises(Conflict) as refused:
        companies.restore(firm, by=people.rep_a)
    (met,) = refused.value.facts["obstacles"]
    assert met.choice == f"contacts:{person.pk}"
    companies.restore(firm, by=people.rep_a, without=[met.choice])
    assert (in_bin(Company), in_bin(Contact)) == (set(), {person.pk})


def test_a_credit_code_taken_meanwhile_is_left_out(people, at):
    code = "91310115MA1K4H7T5X"
    at("2026-11-02 09:00")
    firm = companies.create({"name": "苏州恒立达科技", "credit_code": code}, by=people.rep_a)
    companies.delete(firm, by=people.rep_a)
    companies.create({"name": "无锡华兴电子", "credit_code": code}, by=people.rep_a)
    with pytest.raises(Conflict):
        companies.restore(firm, by=people.rep_a)
    companies.restore(firm, by=people.rep_a, without=["credit_code"])
    assert Company.objects.get(pk=firm.pk).credit_code == ""


def test_what_belonged_to_somebody_who_left_is_given_to_another(firm, person, people, at):
    at("2026-11-03 09:00")
    companies.delete(firm, by=people.rep_a)
    type(people.rep_a).objects.filter(pk=people.rep_a.pk).update(is_active=False)
    with pytest.raises(Conflict) as refused:
        companies.restore(firm, by=people.lead_east)
    assert {one.code for one in refused.value.facts["obstacles"]} == {"owner_left", "owners_left"}
    companies.restore(firm, by=people.lead_east, owner=people.rep_b)
    assert {Company.objects.get(pk=firm.pk).owner, Contact.objects.get(pk=person.pk).owner} == {people.rep_b}


def test_only_those_who_may_delete_take_out(firm, people, at):
    companies.delete(firm, by=people.rep_a)
    with pytest.raises(NotAllowed):
        companies.restore(firm, by=people.rep_c)


def test_a_lone_person_takes_along_what_was_said(people, at):
    at("2026-11-02 09:00")
    lone = Contact.objects.create(name="散客", owner=people.rep_a, team=people.east_1)
    said = log.log({"contact": lone, "channel": "phone", "subject": "来电"}, by=people.rep_a)
    at("2026-11-03 09:00")
    contacts.delete(lone, by=people.rep_a)
    assert in_bin(Interaction) == {said.pk}
    contacts.restore(lone, by=people.rep_a)
    assert in_bin(Interaction) == set()


def test_a_draft_of_an_order_goes_with_its_company(firm, people, at):
    draft = Order.objects.create(number="DD-1", company=firm, owner=people.rep_a, team=people.east_1)
    companies.delete(firm, by=people.rep_a)
    assert in_bin(Order) == {draft.pk}


@pytest.mark.django_db(transaction=True)
def test_a_person_added_while_the_company_goes_is_in_the_bin_or_refused(firm, people, run_together):
    def one(number):
        if number == 0:
            return companies.delete(firm, by=people.rep_a)
        mobile = [{"kind": "mobile", "value": f"1390000000{number}"}]
        return contacts.create({"name": f"人{number}", "company": firm, "position": "采购", "points": mobile}, by=people.rep_a)

    results = run_together(one, 6)
    assert not isinstance(results[0], Exception), results[0]
    assert not Contact.objects.live().filter(company=firm).exists()
    assert all(isinstance(result, Contact | Refusal) for result in results[1:]), results


@pytest.mark.django_db(transaction=True)
def test_restored_twice_at_once_it_is_back_once(firm, person, people, run_together, at):
    at("2026-11-03 09:00")
    companies.delete(firm, by=people.rep_a)
    results = run_together(lambda number: companies.restore(firm, by=people.rep_a), 4)
    assert [one.deleted_at for one in results] == [None] * 4
    assert Activity.objects.filter(verb="contacts.restored").count() == 1
