"""Orders: their sums, the team lead's word on special prices, and that placing one is what wins."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from crm.activity.models import Activity
from crm.activity.timeline import timeline
from crm.core import clock
from crm.core.errors import Invalid, NotAllowed, WrongState
from customers.companies.models import Company, Step
from deals.contracts import services as contracts
from deals.contracts.models import Contract
from deals.contracts.page import steps_of
from deals.contracts.tests.test_services import states
from deals.opportunities import events as opportunity_events
from deals.opportunities import services as opportunities
from deals.opportunities.models import Opportunity
from deals.orders import events, services
from deals.orders.declining import refusal_of
from deals.orders.models import Order, OrderLine


@pytest.fixture
def special_order(people, make_company, make_product):
    """A draft of 80 for what lists at 100: 20 % off."""
    lines = [{"product": make_product(list_price="100.00"), "discount": 20}]
    return services.create({"company": make_company()}, lines, by=people.rep_a)


def test_an_order_is_the_sum_of_its_rounded_lines(people, make_company, make_product, at):
    at("2026-11-20 10:00")
    first, second = make_product(list_price="19.99"), make_product(list_price="0.35")
    order = services.create(
        {"company": make_company()},
        [{"product": first, "quantity": "2.5"}, {"product": second, "quantity": 3, "discount": "5"}],
        by=people.rep_a,
    )
    assert order.number == "DD-2026-0001"
    assert list(order.lines.values_list("position", "amount")) == [(1, Decimal("49.98")), (2, Decimal("1.00"))]
    assert order.amount == Decimal("50.98")
    assert not order.is_special_price
    assert states(order) == [("", "draft")]


def test_an_order_of_a_contract_takes_over_company_opportunity_and_product(people, make_deal, make_product):
    opportunity = make_deal(product=make_product(list_price="1000"), amount=Decimal("960.00"), currency="CNY")
    contract = contracts.create({"opportunity": opportunity}, by=people.rep_a)
    order = services.create({"contract": contract}, by=people.rep_a)
    assert (order.company, order.opportunity, order.amount) == (opportunity.company, opportunity, Decimal("960.00"))


def test_an_order_without_a_product_is_refused(people, make_company):
    with pytest.raises(Invalid) as refused:
        services.create({"company": make_company()}, [], by=people.rep_a)
    assert refused.value.field == "lines"
    assert not Order.objects.exists()


def test_strangers_cannot_meet_on_one_order(people, make_company, make_deal, make_product, make_contract):
    company, lines = make_company(), [{"product": make_product()}]
    for values in ({"opportunity": make_deal()}, {"contract": make_contract()}):
        with pytest.raises(Invalid) as refused:
            services.create({"company": company, **values}, lines, by=people.rep_a)
        assert set(refused.value.errors) == set(values)


def test_placing_wins_the_opportunity_and_starts_the_contract_in_one_step(people, make_deal, make_product):
    opportunity = make_deal(product=make_product())
    contract = contracts.create({"opportunity": opportunity}, by=people.rep_a)
    order = services.create({"contract": contract}, by=people.rep_a)
    contracts.sign(contract, signed_on=clock.today(), by=people.rep_a)
    order = services.place(order, by=people.rep_a)
    assert (order.state, Contract.objects.get().state, Opportunity.objects.get().state) == ("placed", "executing", "won")
    assert Company.objects.get().step == Step.SIGNED
    assert states(order) == [("", "draft"), ("draft", "placed")]


def test_under_an_unsigned_contract_nothing_is_placed_and_nothing_won(people, make_deal, make_product):
    opportunity = make_deal(product=make_product())
    contract = contracts.create({"opportunity": opportunity}, by=people.rep_a)
    order = services.create({"contract": contract}, by=people.rep_a)
    with pytest.raises(WrongState) as refused:
        services.place(order, by=people.rep_a)
    assert refused.value.code == "contract_not_signed"
    assert (Order.objects.get().state, Opportunity.objects.get().state) == ("draft", "open")


def test_an_order_of_a_closed_opportunity_stays_a_draft(people, make_deal, make_product):
    opportunity = make_deal(product=make_product())
    order = services.create({"opportunity": opportunity}, by=people.rep_a)
    opportunities.void(opportunity, reason="撤回", by=people.rep_a)
    with pytest.raises(WrongState) as refused:
        services.place(order, by=people.rep_a)
    assert refused.value.code == "opportunity_closed"
    order.refresh_from_db()
    assert (order.state, order.placed_at) == ("draft", None)


def test_placing_twice_is_placing_once(people, make_order):
    order = make_order(placed=True)
    again = services.place(order, by=people.rep_a)
    assert again.placed_at == order.placed_at
    assert Activity.objects.filter(verb=events.PLACED).count() == 1


def test_twenty_people_placing_one_order_win_once(run_together, people, make_deal, make_product):
    order = services.create({"opportunity": make_deal(product=make_product())}, by=people.rep_a)
    placed = run_together(lambda _n: services.place(order, by=people.rep_a), 20)
    assert {one.state for one in placed} == {"placed"}
    assert Activity.objects.filter(verb=events.PLACED).count() == 1
    assert Activity.objects.filter(verb=opportunity_events.WON).count() == 1
    assert states(order) == [("", "draft"), ("draft", "placed")]


def test_an_order_can_be_dated_back_but_not_ahead(people, make_order, at):
    at("2026-11-20 10:00")
    order, earlier = make_order(), clock.now() - timedelta(days=3)
    with pytest.raises(Invalid) as refused:
        services.place(order, at=clock.now() + timedelta(seconds=1), by=people.rep_a)
    assert refused.value.code == "future"
    assert services.place(order, at=earlier, by=people.rep_a).placed_at == earlier
    assert Company.objects.get().signed_at == earlier


def test_a_special_price_waits_for_the_team_lead(people, special_order):
    assert special_order.is_special_price
    with pytest.raises(WrongState) as refused:
        services.place(special_order, by=people.rep_a)
    assert refused.value.code == "special_price_pending"
    with pytest.raises(NotAllowed):
        services.agree_special_price(special_order, by=people.rep_a)
    with pytest.raises(NotAllowed):
        services.agree_special_price(special_order, by=people.lead_south)
    agreed = services.agree_special_price(special_order, by=people.lead_east)
    assert agreed.special_price_agreed_by == people.lead_east
    assert services.place(special_order, by=people.rep_a).state == "placed"


def test_an_agreed_price_that_changes_must_be_agreed_to_again(people, special_order):
    services.agree_special_price(special_order, by=people.lead_east)
    product = special_order.lines.get().product
    services.update(special_order, {"notes": "加急"}, by=people.rep_a)
    special_order.refresh_from_db()
    assert not special_order.awaits_agreement
    order = services.update(special_order, {}, [{"product": product, "discount": 30}], by=people.rep_a)
    assert order.awaits_agreement
    assert order.amount == Decimal("70.00")


def test_a_special_price_is_declined_with_a_reason_by_who_may_agree(people, special_order):
    for person in (people.rep_a, people.lead_south):
        with pytest.raises(NotAllowed):
            services.decline_special_price(special_order, reason="太低", by=person)
    with pytest.raises(Invalid) as refused:
        services.decline_special_price(special_order, reason=" ", by=people.lead_east)
    assert refused.value.code == "reason_required"
    for _ in range(2):  # told once
        order = services.decline_special_price(special_order, reason="毛利不够", by=people.lead_east)
    assert (order.state, order.awaits_agreement) == ("draft", True)
    event = Activity.objects.get(verb=events.SPECIAL_PRICE_DECLINED)
    assert (event.actor, event.data["reason"], event.data["special"]) == (people.lead_east, "毛利不够", ["above_limit"])
    assert refusal_of(order) == event
    with pytest.raises(WrongState):
        services.place(order, by=people.rep_a)


def test_a_declined_price_is_open_again_once_it_changes_or_is_agreed_to(people, special_order):
    product = special_order.lines.get().product
    services.decline_special_price(special_order, reason="毛利不够", by=people.lead_east)
    assert refusal_of(services.update(special_order, {"notes": "再谈"}, by=people.rep_a)) is not None
    assert refusal_of(services.update(special_order, {}, [{"product": product, "discount": 18}], by=people.rep_a)) is None
    services.decline_special_price(special_order, reason="还是低", by=people.lead_east)
    assert refusal_of(services.agree_special_price(special_order, by=people.lead_east)) is None
    assert services.place(special_order, by=people.rep_a).is_placed


def test_what_was_agreed_to_can_be_declined_while_the_order_is_a_draft(people, special_order):
    services.agree_special_price(special_order, by=people.lead_east)
    order = services.decline_special_price(special_order, reason="原料涨价", by=people.lead_east)
    assert order.special_price_agreed_by is None
    services.place(services.agree_special_price(order, by=people.lead_east), by=people.rep_a)
    with pytest.raises(WrongState) as refused:
        services.decline_special_price(order, reason="晚了", by=people.lead_east)
    assert refused.value.code == "not_draft"


def test_a_usual_price_cannot_be_declined(people, make_order):
    with pytest.raises(WrongState) as refused:
        services.decline_special_price(make_order(), reason="贵", by=people.lead_east)
    assert refused.value.code == "no_special_price"


def test_an_ordinary_price_needs_no_agreement_and_a_marked_one_does(people, make_order):
    order = make_order()
    with pytest.raises(WrongState) as refused:
        services.agree_special_price(order, by=people.lead_east)
    assert refused.value.code == "no_special_price"
    assert services.update(order, {"marked_special": True}, by=people.rep_a).awaits_agreement
    assert not services.update(order, {"marked_special": False}, by=people.rep_a).awaits_agreement


def test_a_placed_order_is_not_changed_any_more(people, make_order):
    order = make_order(placed=True)
    for verb in (lambda: services.update(order, {"notes": "x"}, by=people.rep_a), lambda: services.delete(order, by=people.admin)):
        with pytest.raises(WrongState) as refused:
            verb()
        assert refused.value.code == "not_draft"


def test_saving_the_same_lines_keeps_them_and_leaves_no_event(people, make_order):
    order = make_order("120.00")
    line = order.lines.get()
    services.update(order, {}, [{"product": line.product, "quantity": "1.000", "unit_price": "120"}], by=people.rep_a)
    assert OrderLine.objects.get() == line
    assert not Activity.objects.filter(verb=events.UPDATED).exists()


def test_a_cancelled_order_reopens_its_opportunity_with_a_note(people, make_deal, make_product):
    opportunity = make_deal(product=make_product())
    order = services.place(services.create({"opportunity": opportunity}, by=people.rep_a), by=people.rep_a)
    with pytest.raises(Invalid) as refused:
        services.cancel(order, reason="", by=people.rep_a)
    assert refused.value.code == "reason_required"
    for _ in range(2):
        order = services.cancel(order, reason="客户预算冻结", by=people.rep_a)
    opportunity.refresh_from_db()
    assert (order.state, order.cancel_reason, opportunity.state) == ("cancelled", "客户预算冻结", "open")
    assert opportunity.stage_changes.latest("id").note == "客户预算冻结"
    assert Activity.objects.filter(verb=events.CANCELLED).count() == 1
    with pytest.raises(WrongState):
        services.place(order, by=people.rep_a)


def test_an_opportunity_with_another_order_stays_won(people, make_deal, make_product):
    opportunity = make_deal(product=make_product())
    first, second = (services.place(services.create({"opportunity": opportunity}, by=people.rep_a), by=people.rep_a) for _ in range(2))
    services.cancel(first, reason="重复下单", by=people.rep_a)
    opportunity.refresh_from_db()
    assert opportunity.state == "won"
    services.cancel(second, reason="重复下单", by=people.rep_a)
    opportunity.refresh_from_db()
    assert opportunity.state == "open"


def test_a_contract_without_orders_waits_for_one_again_and_keeps_its_history(people, make_contract, make_order):
    contract = make_contract(signed=True)
    first, second = (make_order(contract=contract, placed=True) for _ in range(2))
    services.cancel(first, reason="重复下单", by=people.rep_a)
    contract.refresh_from_db()
    assert contract.state == "executing"
    services.cancel(second, reason="客户预算冻结", by=people.rep_a)
    contract.refresh_from_db()
    assert contract.state == "signed"
    assert states(contract) == [("", "draft"), ("draft", "signed"), ("signed", "executing"), ("executing", "signed")]
    assert [step["state"] for step in steps_of(contract)] == ["done", "now", "todo", "todo"]
    with translation.override("en"):
        assert {"Order cancelled", "Contract waits for an order again"} <= {entry.title for entry in timeline(contract, people.rep_a)}
    make_order(contract=contract, placed=True)
    contract.refresh_from_db()
    assert contract.state == "executing"


def test_a_draft_that_is_cancelled_leaves_its_contract_alone(people, make_contract, make_order):
    contract = make_contract(signed=True)
    contracts.start(contract, by=people.rep_a)
    services.cancel(make_order(contract=contract), reason="不要了", by=people.rep_a)
    contract.refresh_from_db()
    assert contract.state == "executing"


def test_of_two_orders_cancelled_at_once_the_last_lets_go_of_contract_and_opportunity(committed, people, make_deal, make_product, run_together):
    opportunity = make_deal(product=make_product())
    contract = contracts.sign(contracts.create({"opportunity": opportunity}, by=people.rep_a), signed_on=clock.today(), by=people.rep_a)
    made = [services.place(services.create({"contract": contract}, by=people.rep_a), by=people.rep_a) for _ in range(2)]
    run_together(lambda number: services.cancel(made[number], reason="撤单", by=people.rep_a), 2)
    contract.refresh_from_db()
    opportunity.refresh_from_db()
    assert (contract.state, opportunity.state) == ("signed", "pending_order")


def test_the_same_request_sent_twice_makes_one_order(people, make_company, make_product):
    values, lines = {"company": make_company()}, [{"product": make_product()}]
    first, second = (services.create(values, lines, by=people.rep_a, once="key") for _ in range(2))
    assert first == second
    assert Order.objects.count() == 1


def test_a_draft_goes_to_the_bin_and_comes_back(people, make_order):
    order = services.delete(make_order(), by=people.admin)
    assert not Order.objects.visible_to(people.rep_a).exists()
    services.restore(order, by=people.admin)
    assert Order.objects.visible_to(people.rep_a).exists()
    assert not Order.objects.visible_to(people.rep_c).exists()
