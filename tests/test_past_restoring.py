"""Bringing a customer back: through the verbs, all or nothing, undone as one; who may not see does not learn."""

from datetime import timedelta

import pytest
from django.db import transaction

from crm.activity import undo
from crm.activity.bulkchanges import bulk_changes
from crm.activity.models import Activity
from crm.bin import tasks
from crm.core import clock
from crm.core.errors import Conflict, Invalid, NotAllowed
from customers.companies import services as companies
from customers.contacts import services as contacts
from customers.models import Company, Contact
from customers.past import services
from customers.past.comparing import compare
from deals.models import Order
from deals.orders import services as orders
from deals.payments import services as payments

pytestmark = pytest.mark.django_db


def mobile(number):
    return [{"kind": "mobile", "value": number}]


@pytest.fixture
def firm(people, at):
    at("2026-11-02 09:00")
    return companies.create({"name": "苏州恒立达科技", "address": "路 1 号", "phone": "0512-68881234"}, by=people.rep_a)


@pytest.fixture
def person(firm, people):
    return contacts.create({"name": "沈丽华", "company": firm, "position": "采购", "points": mobile("13812347788")}, by=people.rep_a)


@pytest.fixture
def then(firm, person, at):
    """The moment to go back to; afterwards it is a day later."""
    moment = clock.now()
    at("2026-11-03 09:00")
    return moment


def choices(company, moment, by):
    """All that can be brought back."""
    found = compare(company, moment, by=by)
    return [choice for one in found for choice in (one.choice, *(row.choice for row in one.differences)) if choice]


def test_fields_points_and_children_come_back_in_one_step(firm, person, then, people, at):
    companies.update(firm, {"address": "路 2 号", "notes": "搬家"}, by=people.rep_a)
    contacts.set_points(person, mobile("13912345678"), by=people.rep_a)
    new = contacts.create({"name": "顾伟", "company": firm, "position": "仓管", "points": mobile("13700000000")}, by=people.rep_a)
    at("2026-11-04 09:00")
    services.restore(firm, at=then, choices=choices(firm, then, people.rep_a), by=people.rep_a)
    firm.refresh_from_db()
    assert (firm.address, firm.notes) == ("路 1 号", "")
    assert [point.value for point in person.points.all()] == ["+8613812347788"]
    assert set(Contact.objects.live()) == {person}
    assert Contact._base_manager.get(pk=new.pk).deleted_at
    assert choices(firm, then, people.rep_a) == []


def test_only_what_was_chosen_comes_back(firm, then, people, at):
    companies.update(firm, {"address": "路 2 号", "notes": "搬家"}, by=people.rep_a)
    at("2026-11-04 09:00")
    services.restore(firm, at=then, choices=[f"companies:{firm.pk}:notes"], by=people.rep_a)
    firm.refresh_from_db()
    assert (firm.address, firm.notes) == ("路 2 号", "")


def test_what_was_deleted_comes_back_from_the_bin(firm, person, then, people, at):
    contacts.delete(person, by=people.rep_a)
    (one,) = [one for one in compare(firm, then, by=people.rep_a) if one.kind.noun == "contacts"]
    assert (one.state, one.choice) == ("removed", f"contacts:{person.pk}")
    services.restore(firm, at=then, choices=[one.choice], by=people.rep_a)
    assert Contact.objects.live().get() == person


def test_what_was_removed_for_good_is_shown_and_cannot_come_back(firm, person, then, people, at):
    contacts.delete(person, by=people.rep_a)
    at("2027-02-01 09:00")
    tasks.empty()
    (one,) = [one for one in compare(firm, then, by=people.rep_a) if one.kind.noun == "contacts"]
    assert (one.state, one.title, one.choice) == ("removed", "沈丽华", "")
    assert str(one.stuck)


def test_who_works_elsewhere_now_stays_there(firm, person, then, people, at):
    other = companies.create({"name": "无锡华兴电子"}, by=people.rep_a)
    contacts.move(person, to=other, by=people.rep_a)
    (one,) = [one for one in compare(firm, then, by=people.rep_a) if one.kind.noun == "contacts"]
    assert (one.state, one.choice) == ("removed", "")


def test_the_restoration_is_told_with_its_moment_and_undone_as_one(firm, person, then, people, at):
    companies.update(firm, {"address": "路 2 号"}, by=people.rep_a)
    contacts.delete(person, by=people.rep_a)
    at("2026-11-04 09:00")
    event = services.restore(firm, at=then, choices=choices(firm, then, people.rep_a), by=people.rep_a)
    told = Activity.objects.get(pk=event)
    assert (told.verb, told.data["to"], told.data["count"]) == ("companies.restored_as_of", then.isoformat(), 2)
    at("2026-11-05 09:00")
    assert [(one.event_id, one.count, one.is_undone) for one in bulk_changes(people.rep_a)] == [(event, 2, False)]
    undone = undo.undo(event, by=people.rep_a)
    firm.refresh_from_db()
    assert (len(undone.restored), undone.left, firm.address) == (2, [], "路 2 号")
    assert {one.event_id: one.is_undone for one in bulk_changes(people.rep_a)}[event]
    assert not Contact.objects.live().exists()


def test_undoing_leaves_what_was_changed_since(firm, person, then, people, at):
    companies.update(firm, {"address": "路 2 号"}, by=people.rep_a)
    contacts.update(person, {"position": "经理"}, by=people.rep_a)
    at("2026-11-04 09:00")
    event = services.restore(firm, at=then, choices=choices(firm, then, people.rep_a), by=people.rep_a)
    at("2026-11-05 09:00")
    contacts.update(person, {"position": "总监"}, by=people.rep_a)
    undone = undo.undo(event, by=people.rep_a)
    firm.refresh_from_db()
    person.refresh_from_db()
    assert (firm.address, person.position, [one.pk for one in undone.left]) == ("路 2 号", "总监", [person.pk])


def test_a_conflict_refuses_everything_and_names_what_is_in_the_way(firm, person, then, people, at):
    companies.update(firm, {"notes": "改过"}, by=people.rep_a)
    contacts.set_points(person, mobile("13912345678"), by=people.rep_a)
    other = companies.create({"name": "无锡华兴电子"}, by=people.rep_a)
    contacts.create({"name": "别人", "company": other, "position": "采购", "points": mobile("13812347788")}, by=people.rep_a)
    with pytest.raises(Conflict) as refused:
        services.restore(firm, at=then, choices=choices(firm, then, people.rep_a), by=people.rep_a)
    (met,) = refused.value.facts["obstacles"]
    assert (met.choice, met.code) == (f"contacts:{person.pk}", "duplicate")
    assert Company.objects.get(pk=firm.pk).notes == "改过"


def test_what_somebody_changed_meanwhile_is_not_overwritten(firm, then, people, at):
    companies.update(firm, {"address": "路 2 号"}, by=people.rep_a)
    seen = compare(firm, then, by=people.rep_a)
    companies.update(firm, {"address": "路 3 号"}, by=people.rep_a)
    with pytest.raises(Conflict) as refused:
        services.restore(firm, at=then, choices=[f"companies:{firm.pk}:address"], by=people.rep_a, versions={seen.root.key: seen.root.version})
    assert refused.value.code == "stale"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_at_once_the_second_is_told(firm, then, people, run_together, at):
    companies.update(firm, {"address": "路 2 号"}, by=people.rep_a)
    version = Company.objects.get(pk=firm.pk).version

    def write(number):
        with transaction.atomic():
            if number:
                return companies.update(firm, {"address": "路 3 号"}, by=people.rep_a, version=version)
            return services.restore(firm, at=then, choices=[f"companies:{firm.pk}:address"], by=people.rep_a, versions={f"companies:{firm.pk}": version})

    results = run_together(write, 2)
    (refused,) = [one for one in results if isinstance(one, Conflict)]
    assert refused.code == "stale"


def test_lines_of_a_draft_come_back_and_a_placed_order_says_why_not(firm, then, people, at, make_product):
    product, other = make_product(list_price="100.00"), make_product(list_price="50.00")
    order = orders.create({"company": firm}, [{"product": product, "quantity": 2}], by=people.rep_a)
    before = clock.now()
    at("2026-11-04 09:00")
    orders.update(order, {}, [{"product": other}], by=people.rep_a)
    at("2026-11-05 09:00")
    services.restore(firm, at=before, choices=[f"orders:{order.pk}:lines"], by=people.rep_a)
    assert [(line.product, line.quantity) for line in order.lines.all()] == [(product, 2)]
    at("2026-11-06 09:00")
    drafted = clock.now()
    at("2026-11-07 09:00")
    orders.place(Order.objects.get(pk=order.pk), by=people.rep_a)
    (one,) = [one for one in compare(firm, drafted, by=people.rep_a) if one.kind.noun == "orders"]
    assert {row.field: bool(row.choice) for row in one.differences} == {"state": False}


def test_money_that_came_in_stays_and_says_so(firm, then, people, at, make_order):
    order = make_order("1000.00", company=firm, placed=True)
    payments.receive(order, {"amount": 1000, "received_on": clock.today()}, by=people.finance)
    (one,) = [one for one in compare(firm, then, by=people.rep_a) if one.kind.noun == "payments"]
    assert (one.state, one.choice) == ("added", "")
    assert str(one.stuck)


def test_an_order_placed_since_is_not_offered_for_the_bin_and_its_draft_is(firm, then, people, make_order):
    placed, draft = make_order("1000.00", company=firm, placed=True), make_order("1000.00", company=firm)
    found = {one.pk: one for one in compare(firm, then, by=people.admin) if one.kind.noun == "orders"}
    assert (found[placed.pk].choice, found[draft.pk].choice) == ("", f"orders:{draft.pk}")
    assert str(found[placed.pk].stuck)


def test_whose_it_was_comes_back_by_the_verb_of_hand_overs(firm, person, then, people, at):
    companies.assign([firm], to=people.rep_b, by=people.lead_east)
    at("2026-11-04 09:00")
    services.restore(firm, at=then, choices=[f"companies:{firm.pk}:owner"], by=people.lead_east)
    firm.refresh_from_db()
    person.refresh_from_db()
    assert (firm.owner, person.co_owner) == (people.rep_a, people.rep_a)


def test_only_who_may_change_the_company_brings_it_back(firm, then, people, at):
    companies.update(firm, {"address": "路 2 号"}, by=people.rep_a)
    with pytest.raises(NotAllowed):
        services.restore(firm, at=then, choices=[f"companies:{firm.pk}:address"], by=people.rep_c)


def test_children_of_another_team_are_not_shown(firm, person, then, people, at):
    contacts.delete(person, by=people.rep_a)
    Contact._base_manager.filter(pk=person.pk).update(owner=people.rep_c, team=people.east_2, co_owner=people.rep_c, co_team=people.east_2)
    assert [one for one in compare(firm, then, by=people.rep_a) if one.kind.noun == "contacts"] == []


def test_what_is_masked_stays_masked_and_is_not_brought_back(firm, then, people, at):
    companies.update(firm, {"phone": "0512-68889999"}, by=people.rep_a)
    reader = people.lead_east
    reader.role.fields = {**reader.role.fields, "companies.phone": "mask"}
    reader.role.save()
    reader = type(reader).objects.get(pk=reader.pk)
    row = next(row for row in compare(firm, then, by=reader).root.differences if row.field == "phone")
    assert "68881234" not in row.then
    assert "*" in row.then
    assert row.choice == ""


def test_nothing_is_known_before_the_customer_was_entered_nor_of_the_future(firm, then, people):
    for moment, code in ((firm.created_at - timedelta(seconds=1), "too_early"), (clock.now() + timedelta(days=1), "future")):
        with pytest.raises(Invalid) as refused:
            compare(firm, moment, by=people.rep_a)
        assert refused.value.code == code


@pytest.mark.usefixtures("nothing_ages")
def test_much_takes_as_many_queries_as_little(firm, person, then, people, at, django_assert_max_num_queries, django_assert_num_queries):
    def more(number):
        for n in range(number):
            one = contacts.create({"name": f"人{number}{n}", "company": firm, "position": "采购", "points": mobile(f"139{number:04d}{n:04d}")}, by=people.rep_a)
            contacts.update(one, {"position": "经理"}, by=people.rep_a)

    more(1)
    compare(firm, then, by=people.rep_a)
    with django_assert_max_num_queries(60) as few:
        compare(firm, then, by=people.rep_a)
    more(7)
    with django_assert_num_queries(len(few)):
        compare(firm, then, by=people.rep_a)
