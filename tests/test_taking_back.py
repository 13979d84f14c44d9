"""Every event that a room calls undoable: done and taken back, the house is as it was, and the ledgers tell both ways."""

import json
import re
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace

import pytest

from crm.accounts.models import Pool
from crm.activity.models import Activity, OwnershipChange, StateChange
from crm.activity.spine import kind_of
from crm.activity.undo import undo, undoable
from crm.core import clock
from customers.companies import services as companies
from customers.contacts import services as contacts
from customers.models import Company, Contact, ContactPoint
from customers.past import services as past
from deals.contracts import services as contracts
from deals.leads import pools
from deals.leads import services as leads
from deals.models import Contract, Lead, Opportunity, Order, OrderLine, Stage
from deals.opportunities import services as opportunities
from deals.orders import services as orders
from deals.products import services as products
from feedback.models import Ticket
from feedback.tickets import services as tickets
from interactions.followups import services as followups
from interactions.log import services as log
from interactions.models import FollowUp, Interaction

pytestmark = pytest.mark.django_db

MODELS = (Company, Contact, ContactPoint, Lead, Opportunity, Contract, Order, OrderLine, Ticket, FollowUp, Interaction)
# Whoever takes something back changes a row once more; a number that is entered anew is a new row.
OF_THE_ACT = {"updated_at", "version"}


@pytest.fixture
def house(people):
    """Two of everything of rep_a, a lead in the pool, and promises of three people about the same company and lead."""
    rep, soon = people.rep_a, clock.now() + timedelta(days=1)
    pool = Pool.objects.create(name="华东池", noun="leads")
    pool.members.add(rep)
    firms = [companies.create({"name": f"苏州恒立达{n}有限公司", "phone": f"0512-6888123{n}", "grade": "B", "tags": ["老客户"]}, by=rep) for n in (1, 2)]
    persons = [contacts.create({"name": f"周建{n}", "company": firms[0], "position": "经理", "mobile": f"1381234778{n}"}, by=rep) for n in (1, 2)]
    cold = [leads.create({"name": f"嘉兴南湖{n}公司", "person": "沈国栋", "mobile": f"1391234567{n}"}, by=rep) for n in (1, 2)]
    chances = [
        opportunities.create(
            {"name": f"MES {n} 期", "company": firms[0], "amount": Decimal(620000), "expected_close": clock.today() + timedelta(days=30)}, by=rep
        )
        for n in (1, 2)
    ]
    cases = [tickets.create({"category": "product", "content": f"网关掉线 {n}", "company": firms[0]}, by=rep, owner=rep) for n in (1, 2)]
    promised = [followups.plan({"title": "报价", "company": firms[0], "due_at": soon}, by=rep)]
    for about in ({"company": firms[0]}, {"about": cold[0]}):
        followups.plan({"title": "回访", **about, "due_at": soon + timedelta(days=1)}, by=people.manager, owner=people.rep_c)
        followups.plan({"title": "核价", **about, "due_at": soon + timedelta(days=2)}, by=people.manager)
    followups.plan({"title": "首次联系", "about": cold[0], "due_at": soon}, by=rep)
    log.log({"channel": "phone", "key_points": "确认预算", "about": cold[0], "outcome": "interested"}, by=rep)
    buyer = companies.create({"name": "宁波海澜仓储物流有限公司"}, by=rep)
    papers = [contracts.create({"name": f"仓储 {n} 期", "company": buyer, "amount": Decimal(90000)}, by=rep) for n in (1, 2)]
    gateway = products.create({"code": "P-1", "name": "采集网关", "list_price": Decimal(4800)}, by=people.admin)
    lines = [{"product": gateway, "quantity": 2, "unit_price": Decimal(4800)}]
    orderings = [orders.create({"company": buyer, "contract": paper}, lines, by=rep) for paper in papers]
    waiting = leads.create({"name": "湖州长兴泵业有限公司", "person": "李娜", "mobile": "13912340000"}, by=rep, pool=pool)
    return SimpleNamespace(
        people=people, pool=pool, firms=firms, persons=persons, cold=cold, chances=chances, cases=cases, promised=promised, waiting=waiting,
        papers=papers, orderings=orderings,
    )  # fmt: skip


def _firm(house):
    values = {"name": "无锡新名字有限公司", "phone": "0571-88001122", "website": "xinmingzi.example", "grade": "A", "notes": "改过"}
    companies.update(house.firms[0], values, by=house.people.rep_a)


def _person(house):
    values = {"name": "王新名", "company": house.firms[1], "position": "总经理", "decision_role": "decision_maker"}
    contacts.update(house.persons[0], values, by=house.people.rep_a)


def _chance(house):
    values = {"name": "改名", "amount": Decimal("1.50"), "expected_close": clock.today() + timedelta(days=60)}
    opportunities.update(house.chances[0], values, by=house.people.rep_a)


def _moved(house):
    values = {"need": "三条产线要联网", "amount": Decimal("1.50"), "expected_close": clock.today() + timedelta(days=60)}
    opportunities.move(house.chances[0], Stage.objects.get(code="demo"), by=house.people.admin, values=values, override_reason="试一试")


def _as_of(house):
    firm = house.firms[0]
    past.restore(firm, at=firm.created_at, choices=[f"contacts:{house.persons[0].pk}"], by=house.people.rep_a)


ACTS = {
    "companies.restored_as_of": [_as_of],
    "companies.updated": [
        _firm,
        lambda house: companies.tag_many(house.firms, "重点", by=house.people.rep_a),
        lambda house: companies.update_many(house.firms, {"industry": "machinery", "region": "3301"}, by=house.people.rep_a),
    ],
    "companies.assigned": [lambda house: companies.assign(house.firms, to=house.people.rep_c, by=house.people.lead_east)],
    "companies.deleted": [
        lambda house: companies.delete(house.firms[0], by=house.people.rep_a),
        lambda house: companies.delete_many(house.firms, by=house.people.rep_a),
    ],
    "contacts.updated": [
        _person,
        lambda house: contacts.tag_many(house.persons, "重点", by=house.people.rep_a),
        lambda house: contacts.update_many(house.persons, {"department": "采购部", "has_left": True}, by=house.people.rep_a),
    ],
    "contacts.assigned": [lambda house: contacts.assign(house.persons, to=house.people.rep_c, by=house.people.lead_east)],
    "contacts.deleted": [
        lambda house: contacts.delete(house.persons[0], by=house.people.rep_a),
        lambda house: contacts.delete_many(house.persons, by=house.people.rep_a),
    ],
    "leads.updated": [
        lambda house: leads.update(house.cold[0], {"name": "另一家公司", "mobile": "13800138000", "need": "要 MES"}, by=house.people.rep_a),
        lambda house: leads.update_many(house.cold, {"industry": "machinery", "need": "要 MES"}, by=house.people.rep_a),
    ],
    "leads.assigned": [
        lambda house: pools.assign(house.cold, to=house.people.rep_c, by=house.people.lead_east),
        lambda house: pools.assign([house.waiting], to=house.people.rep_c, by=house.people.manager),
    ],
    "leads.returned": [lambda house: pools.return_to_pool(house.cold, pool=house.pool, by=house.people.rep_a, reason="不做这行")],
    "leads.deleted": [
        lambda house: leads.delete(house.cold[1], by=house.people.rep_a),
        lambda house: leads.delete_many(house.cold, by=house.people.rep_a),
    ],
    "opportunities.updated": [_chance],
    "opportunities.moved": [_moved],
    "opportunities.assigned": [lambda house: opportunities.assign(house.chances, to=house.people.rep_c, by=house.people.lead_east)],
    "opportunities.deleted": [
        lambda house: opportunities.delete(house.chances[0], by=house.people.rep_a),
        lambda house: opportunities.delete_many(house.chances, by=house.people.rep_a),
    ],
    "contracts.updated": [
        lambda house: contracts.update(house.papers[0], {"name": "改名", "amount": Decimal("1.50"), "notes": "改过"}, by=house.people.rep_a),
    ],
    "contracts.assigned": [lambda house: contracts.assign(house.papers, to=house.people.rep_c, by=house.people.lead_east)],
    "contracts.deleted": [lambda house: contracts.delete(house.papers[0], by=house.people.rep_a)],
    "orders.updated": [lambda house: orders.update(house.orderings[0], {"notes": "改过", "marked_special": True}, by=house.people.rep_a)],
    "orders.assigned": [lambda house: orders.assign(house.orderings, to=house.people.rep_c, by=house.people.lead_east)],
    "orders.deleted": [lambda house: orders.delete(house.orderings[0], by=house.people.rep_a)],
    "tickets.updated": [
        lambda house: tickets.update(house.cases[0], {"priority": "P1", "company": house.firms[1], "content": "全厂掉线"}, by=house.people.rep_a)
    ],
    "tickets.assigned": [lambda house: tickets.assign(house.cases, to=house.people.rep_b, by=house.people.manager)],
    "tickets.deleted": [
        lambda house: tickets.delete(house.cases[0], by=house.people.manager),
        lambda house: tickets.delete_many(house.cases, by=house.people.manager),
    ],
    "followups.rescheduled": [
        lambda house: followups.reschedule(house.promised[0], clock.now() + timedelta(days=9), by=house.people.rep_a),
    ],
    "followups.cancelled": [lambda house: followups.cancel(house.promised[0], by=house.people.rep_a, reason="客户休假")],
}
EACH = [pytest.param(verb, act, id=f"{verb}-{number}") for verb, acts in ACTS.items() for number, act in enumerate(acts, 1)]


def picture():
    """Every row of the house, field by field."""
    found = {}
    for model in MODELS:
        left_out = OF_THE_ACT | ({"id", "created_at"} if model is ContactPoint else set())
        names = [field.attname for field in model._meta.concrete_fields if field.attname not in left_out]
        found[model._meta.label] = sorted(model._base_manager.values_list(*names), key=repr), names
    return found


def last_act(verb):
    activity = Activity.objects.filter(verb=verb).latest("pk")
    return activity.data.get("within", activity.pk), activity.actor


@pytest.mark.parametrize(("verb", "act"), EACH)
def test_what_was_done_and_taken_back_leaves_the_house_as_it_was(house, verb, act):
    before = picture()
    act(house)
    assert picture() != before
    event_id, actor = last_act(verb)
    done = Activity.objects.filter(verb=verb).count()
    found = undo(event_id, by=actor)
    assert (found.left, len(found.restored)) == ([], done)
    assert picture() == before
    assert Activity.objects.filter(verb=f"{verb.partition('.')[0]}.undone").count() == done


@pytest.mark.parametrize(("verb", "act"), EACH)
def test_the_ledgers_go_on_without_a_gap_and_end_with_what_the_rows_say(house, verb, act):
    act(house)
    event_id, actor = last_act(verb)
    undo(event_id, by=actor)
    for model in (Company, Contact, Lead, Opportunity, Contract, Order, Ticket):
        for row in model._base_manager.all():
            owners = OwnershipChange.objects.filter(kind=kind_of(model), object_id=row.pk).order_by("pk")
            assert gaps([((one.from_owner_id, one.from_pool_id), (one.to_owner_id, one.to_pool_id)) for one in owners]) == []
            if owners:
                assert (owners.last().to_owner_id, owners.last().to_pool_id) == (row.owner_id, getattr(row, "pool_id", None))
            states = StateChange.objects.filter(kind=kind_of(model), object_id=row.pk).order_by("pk")
            assert gaps([(one.from_state, one.to_state) for one in states]) == []
            if states and model is not Opportunity:
                assert states.last().to_state == row.state


def gaps(steps):
    """Where a step does not begin with what the one before ended with."""
    return [(one, other) for one, other in pairwise(steps) if one[1] != other[0]]


def test_every_undoable_event_is_tried_here():
    assert sorted(verb for verb, _way in undoable.items()) == sorted(ACTS)


def test_what_has_a_way_back_of_its_own_is_not_among_them():
    own = {
        "opportunities.won",
        "opportunities.lost",
        "contracts.started",
        "orders.cancelled",
        "contracts.signed",
        "orders.placed",
        "payments.received",
        "leads.converted",
        "leads.claimed",
    }
    assert own & {verb for verb, _way in undoable.items()} == set()


def test_changed_numbers_of_a_person_cannot_be_taken_back(house, people):
    contacts.update(house.persons[0], {"name": "王新名", "mobile": "13800138000"}, by=people.rep_a)
    found = undo(last_act("contacts.updated")[0], by=people.rep_a)
    assert (found.restored, found.left) == ([], [house.persons[0]])


def test_a_contract_that_was_signed_since_keeps_its_terms_and_loses_a_note(house, people):
    paper = contracts.update(house.papers[0], {"amount": Decimal(80000)}, by=people.rep_a)
    terms = last_act("contracts.updated")[0]
    paper = contracts.sign(paper, signed_on=clock.today(), by=people.rep_a)
    assert undo(terms, by=people.rep_a).left == [paper]
    contracts.update(paper, {"notes": "改过"}, by=people.rep_a)
    assert undo(last_act("contracts.updated")[0], by=people.rep_a).restored == [paper]
    paper.refresh_from_db()
    assert (paper.amount, paper.notes, paper.state) == (Decimal(80000), "", "signed")


def test_an_order_placed_since_and_one_whose_lines_were_changed_stay_as_they_are(house, people):
    product = OrderLine.objects.first().product
    order = orders.update(house.orderings[0], {"notes": "改过"}, by=people.rep_a)
    noted = last_act("orders.updated")[0]
    orders.update(order, {}, [{"product": product, "quantity": 3, "unit_price": Decimal(4800)}], by=people.rep_a)
    assert undo(last_act("orders.updated")[0], by=people.rep_a).left == [order]
    contracts.sign(house.papers[0], signed_on=clock.today(), by=people.rep_a)
    orders.place(order, by=people.rep_a)
    assert undo(noted, by=people.rep_a).left == [order]


def test_an_opportunity_that_was_given_a_company_keeps_it(house, people):
    Opportunity._base_manager.filter(pk=house.chances[0].pk).update(company=None)
    opportunities.update(house.chances[0], {"company": house.firms[1]}, by=people.rep_a)
    assert undo(last_act("opportunities.updated")[0], by=people.rep_a).left == [house.chances[0]]


def test_what_a_stage_asked_for_stays_once_the_opportunity_has_gone_on(house, people):
    opportunities.update(house.chances[0], {"need": "要 MES", "contact": house.persons[0], "decision_path": "厂长定"}, by=people.rep_a)
    later = Stage.objects.filter(kind=Stage.Kind.OPEN).order_by("position")[1]
    opportunities.move(house.chances[0], later, by=people.admin, override_reason="客户已当面确认")
    assert undo(last_act("opportunities.updated")[0], by=people.rep_a).left == [house.chances[0]]


def test_a_company_does_not_come_back_when_another_carries_its_credit_code(house, people):
    code = "91320594MA1X7K3L0Q"
    companies.update(house.firms[0], {"credit_code": code}, by=people.rep_a)
    companies.delete(house.firms[0], by=people.rep_a)
    companies.update(house.firms[1], {"credit_code": code}, by=people.rep_a)
    assert undo(last_act("companies.deleted")[0], by=people.rep_a).left == [house.firms[0]]


def test_a_lead_that_somebody_claimed_from_the_pool_stays_with_him(house, people):
    house.pool.members.add(people.rep_c)
    pools.return_to_pool(house.cold, pool=house.pool, by=people.rep_a)
    pools.claim(house.cold[0], by=people.rep_c)
    found = undo(last_act("leads.returned")[0], by=people.rep_a)
    assert (found.restored, found.left) == ([house.cold[1]], [house.cold[0]])
    assert Lead.objects.get(pk=house.cold[0].pk).owner == people.rep_c


def test_what_was_promised_in_between_falls_to_whoever_gets_the_company_back_and_what_was_done_stays_done(house, people):
    companies.assign(house.firms, to=people.rep_c, by=people.lead_east)
    event_id = last_act("companies.assigned")[0]
    followups.complete(house.promised[0], by=people.rep_c)
    fresh = followups.plan({"title": "送样", "company": house.firms[0], "due_at": clock.now() + timedelta(days=3)}, by=people.rep_c)
    undo(event_id, by=people.lead_east)
    assert FollowUp.objects.get(pk=house.promised[0].pk).owner == people.rep_c
    assert FollowUp.objects.get(pk=fresh.pk).owner == people.rep_a


def test_a_company_handed_on_since_carries_a_contact_taken_back_to_its_present_owner(house, people):
    contacts.update(house.persons[0], {"company": house.firms[1]}, by=people.rep_a)
    companies.assign([house.firms[0]], to=people.rep_b, by=people.lead_east)
    undo(last_act("contacts.updated")[0], by=people.rep_a)
    person = Contact.objects.get(pk=house.persons[0].pk)
    assert (person.company, person.co_owner, person.co_team) == (house.firms[0], people.rep_b, people.east_1)


def test_a_change_of_ones_own_is_not_taken_back_on_a_record_that_has_left_ones_reach(house, people):
    companies.update(house.firms[0], {"grade": "A"}, by=people.rep_a)
    event_id = last_act("companies.updated")[0]
    companies.assign([house.firms[0]], to=people.rep_c, by=people.manager)
    assert undo(event_id, by=people.rep_a).left == [house.firms[0]]


UNDO = re.compile(r'action="(/activity/\d+/undoing/)"')


def test_saving_a_form_offers_the_way_back_without_scripts_and_a_form_that_changed_nothing_does_not(house, people, signed_in):
    browser, firm = signed_in(people.rep_a), Company.objects.get(pk=house.firms[0].pk)
    form = {"name": firm.name, "phone": "0571-88001122", "grade": "A", "tags": "老客户", "version": firm.version}
    page = browser.post(f"/customers/companies/{firm.pk}/edit/", form, follow=True)
    (address,) = UNDO.findall(page.text)
    firm.refresh_from_db()
    again = browser.post(f"/customers/companies/{firm.pk}/edit/", form | {"version": firm.version}, follow=True)
    assert UNDO.findall(again.text) == []
    assert browser.post(address, headers={"Referer": f"http://testserver/customers/companies/{firm.pk}/"}).status_code == 303
    assert Company.objects.get(pk=firm.pk).grade == "B"


def test_a_hand_over_a_bin_and_a_new_time_offer_the_way_back(house, people, signed_in):
    browser = signed_in(people.manager)
    acts = [
        (f"/customers/companies/{house.firms[0].pk}/assignment/", {"owner": people.rep_c.pk}),
        (f"/customers/contacts/{house.persons[0].pk}/bin/", {}),
        (f"/deals/leads/{house.cold[0].pk}/return/", {"pool": house.pool.pk, "reason": "不做这行"}),
        (f"/deals/opportunities/{house.chances[0].pk}/bin/", {}),
        (f"/feedback/tickets/{house.cases[0].pk}/bin/", {}),
    ]
    for address, values in acts:
        page = browser.post(address, values, follow=True)
        assert len(UNDO.findall(page.text)) == 1, address


def test_a_cell_that_was_changed_brings_the_toast_along(house, people, signed_in):
    browser, firm = signed_in(people.rep_a), house.firms[0]
    answer = browser.post(f"/customers/companies/{firm.pk}/cell/grade/", {"grade": "A", "version": firm.version, "before": "B"})
    event_id, _actor = last_act("companies.updated")
    assert json.loads(answer.headers["HX-Trigger"])["km:toast"]["undo"] == f"/activity/{event_id}/undoing/"
    firm.refresh_from_db()
    same = browser.post(f"/customers/companies/{firm.pk}/cell/grade/", {"grade": "A", "version": firm.version, "before": "A"})
    assert "HX-Trigger" not in same.headers


def test_a_bulk_change_is_offered_at_once_and_stands_among_ones_bulk_changes_until_it_is_taken_back(house, people, signed_in):
    firms = house.firms + [companies.create({"name": f"常州公司{n}"}, by=people.rep_a) for n in range(21)]
    browser = signed_in(people.rep_a)
    chosen = {"id": [firm.pk for firm in firms], "asked": "1", "tag": "重点", "query": ""}
    toast = UNDO.findall(browser.post("/customers/companies/bulk/tags/", chosen, follow=True).text)
    page = browser.get("/activity/bulk/")
    assert (UNDO.findall(page.text), "23" in page.text) == (toast, True)
    browser.post(toast[0])
    assert Company.objects.filter(tags__contains=["重点"]).count() == 0
    assert UNDO.findall(browser.get("/activity/bulk/").text) == []
    assert UNDO.findall(signed_in(people.rep_c).get("/activity/bulk/").text) == []


def test_after_thirty_days_a_bulk_change_is_no_longer_offered(house, people, signed_in, at):
    moment = at("2026-11-01 09:00")
    companies.tag_many(house.firms, "重点", by=people.rep_a)
    browser = signed_in(people.rep_a)
    at(moment + timedelta(days=29))
    assert len(UNDO.findall(browser.get("/activity/bulk/").text)) == 1
    at(moment + timedelta(days=31))
    assert UNDO.findall(signed_in(people.rep_a).get("/activity/bulk/").text) == []


def test_the_rows_chosen_in_a_list_go_to_the_bulk_act_with_its_button(house, people, signed_in):
    page = signed_in(people.rep_a).get("/customers/companies/").text
    assert f'form="km-bulk" name="id" value="{house.firms[0].pk}"' in page
