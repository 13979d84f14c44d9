"""Money comes in, goes back, is given up: never more than is outstanding, and each cent on an instalment."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from crm.activity.models import Activity
from crm.core.errors import Invalid, NotAllowed, WrongState
from customers.companies.models import Company, Step
from deals.contracts.models import Contract
from deals.orders import services as orders
from deals.payments import events, planning, services
from deals.payments.balances import balance
from deals.payments.models import Payment
from deals.payments.plans import equal_parts

DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def november(at):
    at("2026-11-20 10:00")


@pytest.fixture
def order(make_order):
    """A placed order of 100.00."""
    return make_order("100.00", placed=True)


@pytest.fixture
def thirds(order, people):
    """Its plan: 33.33 in September, 33.33 in October, 33.34 in November."""
    return planning.plan(order, equal_parts(order.amount, 3, first=date(2026, 9, 1)), by=people.rep_a)


def receive(order, amount, by, **more):
    return services.receive(order, {"amount": amount, "received_on": DAY, **more}, by=by)


def opened(order):
    """What is still open of each instalment, the first due first."""
    return [row.open for row in order.instalments.with_open().due_first()]


def test_a_receipt_settles_the_oldest_instalment_first(people, order, thirds):
    payment = receive(order, "50.00", people.finance, method="alipay", payer="华东精工")
    assert (payment.number, payment.owner, payment.company) == ("HK-2026-0001", people.rep_a, order.company)
    assert opened(order) == [0, Decimal("16.66"), Decimal("33.34")]
    assert balance(order).outstanding == Decimal("50.00")


def test_the_first_money_takes_the_company_to_the_last_step(people, order):
    receive(order, "1.00", people.finance, received_on=date(2026, 11, 19))
    company = Company.objects.get()
    assert (company.step, company.paid_at) == (Step.PAID, datetime(2026, 11, 19, 15, 59, 59, 999999, UTC))


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"amount": "100.01"}, "amount", "over_outstanding"),
        ({"amount": "0"}, "amount", ""),
        ({"amount": "-5"}, "amount", ""),
        ({"amount": "1.001"}, "amount", ""),
        ({"amount": ""}, "amount", ""),
        ({"received_on": date(2026, 11, 21)}, "received_on", ""),
        ({"received_on": None}, "received_on", ""),
        ({"method": "barter"}, "method", ""),
        ({"number": "HK-1"}, "number", "unknown_field"),
    ],
)
def test_what_cannot_be_received_is_refused_by_its_field(people, order, values, field, code):
    with pytest.raises(Invalid) as refused:
        services.receive(order, {"amount": "1", "received_on": DAY} | values, by=people.finance)
    assert field in refused.value.errors
    assert refused.value.code == (code or "invalid")
    assert not Payment.objects.exists()


def test_only_a_placed_order_is_paid(people, make_order):
    for order in (make_order(), orders.cancel(make_order(placed=True), reason="撤单", by=people.rep_a)):
        with pytest.raises(WrongState) as refused:
            receive(order, "1", people.finance)
        assert refused.value.code == "not_placed"


def test_another_teams_rep_enters_no_money(people, order):
    with pytest.raises(NotAllowed):
        receive(order, "1", people.rep_c)


def test_the_same_receipt_sent_twice_is_one_payment(people, order):
    values = {"amount": "60.00", "received_on": DAY}
    first, second = (services.receive(order, values, by=people.finance, once="key") for _ in range(2))
    assert first == second
    assert balance(order).received == Decimal("60.00")


def test_of_twenty_full_payments_at_once_exactly_one_is_taken(run_together, people, order):
    outcomes = run_together(lambda _n: receive(order, "100.00", people.finance), 20)
    refused = [one for one in outcomes if isinstance(one, Invalid)]
    assert [one.code for one in refused] == ["over_outstanding"] * 19
    assert balance(order).received == order.amount
    assert Payment.objects.count() == 1


def test_parallel_parts_never_exceed_the_order(run_together, people, order):
    outcomes = run_together(lambda _n: receive(order, "30.00", people.finance), 10)
    assert sum(isinstance(one, Payment) for one in outcomes) == 3
    assert balance(order).outstanding == Decimal("10.00")


def test_a_payment_goes_onto_the_instalments_it_is_meant_for(people, order, thirds):
    payment = services.receive(order, {"amount": "40.00", "received_on": DAY}, onto=[(thirds[2], "33.34"), (thirds[0], "6.66")], by=people.finance)
    assert opened(order) == [Decimal("26.67"), Decimal("33.33"), 0]
    services.allocate(payment, [(thirds[1], "30.00")], by=people.finance)
    assert opened(order) == [Decimal("33.33"), Decimal("3.33"), Decimal("33.34")]


@pytest.mark.parametrize(("amounts", "code"), [(("33.34", "0.01"), "over_instalment"), (("33.33", "16.68"), "over_payment")])
def test_an_instalment_takes_no_more_than_it_needs_and_a_payment_gives_no_more_than_it_is(people, order, thirds, amounts, code):
    payment = receive(order, "50.00", people.finance)
    with pytest.raises(Invalid) as refused:
        services.allocate(payment, list(zip(thirds, amounts, strict=False)), by=people.finance)
    assert refused.value.code == code
    assert opened(order) == [0, Decimal("16.66"), Decimal("33.34")]


def test_a_refund_opens_the_latest_instalments_again_and_never_exceeds_its_payment(people, order, thirds):
    payment = receive(order, "50.00", people.finance)
    receive(order, "10.00", people.finance)
    refund = services.refund(payment, "20.00", reason="多收", by=people.finance)
    assert (refund.kind, refund.amount, refund.reverses, refund.notes) == ("refund", -20, payment, "多收")
    # 50 settled 33.33 and 16.67; 10 more went onto the second; 16.67 and 3.33 come back.
    assert opened(order) == [Decimal("3.33"), Decimal("23.33"), Decimal("33.34")]
    with pytest.raises(Invalid) as refused:
        services.refund(payment, "30.01", reason="多收", by=people.finance)
    assert (refused.value.code, refused.value.facts) == ("over_received", {"most": "30.00"})
    account = balance(order)
    assert (account.received, account.refunded, account.outstanding) == (60, 20, 60)


def test_refunds_in_pieces_take_back_what_is_left_and_no_instalment_twice(people, order, thirds):
    payment = receive(order, "60.00", people.finance)
    for amount in ("20.00", "20.00", "20.00"):
        services.refund(payment, amount, reason="分批退", by=people.finance)
    assert opened(order) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]


def test_a_refund_takes_the_credit_that_settles_nothing_first(people, order, thirds):
    payment = receive(order, "50.00", people.finance)
    services.allocate(payment, [(thirds[0], "30.00")], by=people.finance)
    services.refund(payment, "25.00", reason="多收", by=people.finance)
    assert opened(order) == [Decimal("8.33"), Decimal("33.33"), Decimal("33.34")]


@pytest.mark.parametrize("amount", ["0", "-1", "0.001"])
def test_no_refund_and_no_bad_debt_is_nothing_or_less(people, order, amount):
    payment = receive(order, "50", people.finance)
    for verb in (
        lambda: services.refund(payment, amount, reason="x", by=people.finance),
        lambda: services.write_off(order, amount, reason="x", by=people.finance),
    ):
        with pytest.raises(Invalid) as refused:
            verb()
        assert refused.value.field == "amount"


def test_a_bad_debt_settles_without_money_and_can_be_recovered(people, order, thirds):
    receive(order, "90.00", people.finance)
    debt = services.write_off(order, "10.00", reason="客户破产", by=people.finance)
    assert opened(order) == [0, 0, 0]
    assert balance(order).outstanding == 0
    assert not balance(order).is_paid
    services.recover(debt, "4.00", reason="清算分配", by=people.finance)
    account = balance(order)
    assert (account.bad_debt, account.outstanding) == (6, 4)
    assert opened(order) == [0, 0, 4]
    receive(order, "4.00", people.finance)
    with pytest.raises(Invalid) as refused:
        services.recover(debt, "6.01", reason="清算", by=people.finance)
    assert refused.value.code == "over_written_off"


def test_giving_money_up_takes_its_own_right_and_a_reason(people, order):
    payment = receive(order, "50", people.rep_a)
    for verb in (services.refund, services.write_off):
        with pytest.raises(NotAllowed):
            verb(payment if verb is services.refund else order, "1", reason="x", by=people.rep_a)
        with pytest.raises(Invalid) as refused:
            verb(payment if verb is services.refund else order, "1", reason=" ", by=people.finance)
        assert refused.value.code == "reason_required"
    with pytest.raises(Invalid) as refused:
        services.write_off(order, "50.01", reason="x", by=people.finance)
    assert refused.value.code == "over_outstanding"


def test_a_refund_is_not_refunded_and_a_receipt_not_recovered(people, order):
    payment = receive(order, "50", people.finance)
    refund = services.refund(payment, "50", reason="退货", by=people.finance)
    with pytest.raises(WrongState) as refused:
        services.refund(refund, "1", reason="x", by=people.finance)
    assert refused.value.code == "not_a_receipt"
    with pytest.raises(WrongState) as refused:
        services.recover(payment, "1", reason="x", by=people.finance)
    assert refused.value.code == "not_a_bad_debt"


def test_an_order_with_money_is_not_cancelled_until_it_is_given_back(people, order):
    payment = receive(order, "50", people.finance)
    with pytest.raises(WrongState) as refused:
        orders.cancel(order, reason="撤单", by=people.rep_a)
    assert (refused.value.code, refused.value.facts["received"]) == ("money_received", "50.00")
    services.refund(payment, "50", reason="撤单", by=people.finance)
    assert orders.cancel(order, reason="撤单", by=people.rep_a).state == "cancelled"
    assert balance(order).outstanding == 0


def test_a_contract_is_done_when_its_last_order_is_paid(people, make_contract, make_order):
    contract = make_contract(signed=True, amount="150.00")
    first, second = make_order("100.00", contract=contract, placed=True), make_order("50.00", contract=contract, placed=True)
    receive(first, "100.00", people.finance)
    receive(second, "49.99", people.finance)
    assert Contract.objects.get().state == "executing"
    receive(second, "0.01", people.finance)
    assert Contract.objects.get().state == "done"


def test_a_contract_of_which_only_a_part_was_ordered_goes_on(people, make_contract, make_order):
    order = make_order("100.00", contract=make_contract(signed=True, amount="150.00"), placed=True)
    receive(order, "100.00", people.finance)
    assert Contract.objects.get().state == "executing"


def test_two_orders_paid_at_the_same_moment_complete_their_contract(run_together, people, make_contract, make_order):
    contract = make_contract(signed=True, amount="200.00")
    both = [make_order("100.00", contract=contract, placed=True) for _ in range(2)]
    run_together(lambda number: receive(both[number], "100.00", people.finance), 2)
    assert Contract.objects.get().state == "done"


def test_every_movement_of_money_is_an_event_of_the_company(people, order):
    payment = receive(order, "50", people.finance)
    services.refund(payment, "1", reason="x", by=people.finance)
    services.recover(services.write_off(order, "2", reason="x", by=people.finance), "1", reason="x", by=people.finance)
    rows = Activity.objects.filter(about__kind__model="company", about__object_id=order.company_id, verb__startswith="payments.")
    assert list(rows.order_by("id").values_list("verb", "data__amount")) == [
        (events.RECEIVED, "50"), (events.REFUNDED, "-1"), (events.WRITTEN_OFF, "2"), (events.RECOVERED, "-1"),
    ]  # fmt: skip
