"""Products and money that an import brought in are taken back by verbs; what hangs on them by now keeps them, with a sentence."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from crm.core.errors import NotAllowed, WrongState
from crm.importexport import services as imports
from deals.orders import services as orders
from deals.payments import allocation, planning
from deals.payments import services as payments
from deals.payments.balances import balance
from deals.payments.models import Payment
from deals.products import services as products
from deals.products.models import Product

pytestmark = pytest.mark.django_db
HEAD = ["产品名称", "产品编码", "标准价", "外部编号"]


def undone(run, by, run_jobs):
    """The counts, and the sentence of each row that stayed."""
    imports.undo(run, by=by)
    run_jobs()
    run.refresh_from_db()
    return run.undo_job.result, [row.left for row in run.outcomes.exclude(left="")]


def test_products_that_nobody_has_used_are_gone_and_come_in_again(sheet, take_in, people, run_jobs):
    run = take_in("products", sheet("a.csv", HEAD, ["网关", "G-1", "4800", "P1"], ["采集盒", "G-2", "900", "P2"]), by=people.manager)
    assert undone(run, people.manager, run_jobs) == ({"taken": 2, "kept": 0}, [])
    assert not Product.objects.visible_to(people.manager).exists()
    again = take_in("products", sheet("b.csv", HEAD, ["边缘网关", "g-1", "4900", "P1"]), by=people.manager)
    assert (again.created, again.duplicates, again.rejected) == (1, 0, 0)
    assert Product.objects.live().get().name == "边缘网关"


def test_a_product_that_was_ordered_or_is_wanted_stays_and_says_why(sheet, take_in, people, run_jobs, make_opportunity):
    run = take_in("products", sheet("a.csv", HEAD, ["网关", "G-1", "4800", ""], ["采集盒", "G-2", "900", ""], ["空", "G-3", "1", ""]), by=people.manager)
    ordered, wanted, _free = Product.objects.order_by("code")
    opportunity = make_opportunity(product=wanted)
    orders.create({"company": opportunity.company}, [{"product": ordered, "quantity": 1, "unit_price": Decimal(4800)}], by=people.rep_a)
    result, left = undone(run, people.manager, run_jobs)
    assert (result, len(left)) == ({"taken": 1, "kept": 2}, 2)
    assert all("网关" in sentence or "采集盒" in sentence for sentence in left)
    assert set(Product.objects.live()) == {ordered, wanted}


def test_whoever_may_not_change_products_takes_none_out(people):
    product = products.create({"name": "网关", "code": "G-1"}, by=people.admin)
    with pytest.raises(NotAllowed):
        products.withdraw(product, by=people.rep_a)
    assert products.withdraw(product, by=people.admin).deleted_at == products.withdraw(product, by=people.admin).deleted_at


@pytest.fixture
def order(people, make_order):
    """A placed order with two instalments."""
    made = make_order("3000.00", placed=True)
    planning.plan(made, [(date(2026, 11, 1), Decimal(1000)), (date(2026, 12, 1), made.amount - 1000)], by=people.manager)
    return made


def brought_in(order, take_in, sheet, by, amount="1500"):
    path = sheet("a.csv", ["订单号", "回款金额", "回款日期", "外部编号"], [order.number, amount, "2026-11-05", "HK-7"])
    return take_in("payments", path, by=by)


def test_money_that_an_import_brought_in_is_owed_again(sheet, take_in, people, run_jobs, order):
    run = brought_in(order, take_in, sheet, people.finance)
    assert (run.created, balance(order).outstanding) == (1, order.amount - 1500)
    assert undone(run, people.finance, run_jobs) == ({"taken": 1, "kept": 0}, [])
    receipt, reversal = Payment.objects.order_by("pk")
    assert (reversal.reverses, reversal.amount, reversal.received_on) == (receipt, Decimal(-1500), date(2026, 11, 5))
    assert reversal.notes == translation.gettext("Entered by mistake")
    assert (balance(order).outstanding, allocation.allocated(receipt)) == (order.amount, {})
    assert brought_in(order, take_in, sheet, people.finance, "1600").created == 1
    assert balance(order).outstanding == order.amount - 1600


def test_money_of_which_a_part_was_given_back_stays(sheet, take_in, people, run_jobs, order):
    run = brought_in(order, take_in, sheet, people.finance)
    payments.refund(Payment.objects.get(), Decimal(200), reason="多付", by=people.finance)
    result, (sentence,) = undone(run, people.finance, run_jobs)
    assert (result, sentence) == ({"taken": 0, "kept": 1}, translation.gettext("A part of it was given back since; it stays."))
    assert balance(order).kept == 1300


def test_money_by_which_a_contract_was_completed_stays(people, make_order, make_contract):
    contract = make_contract(signed=True)
    order = make_order(contract=contract, placed=True)
    payment = payments.receive(order, {"amount": order.amount, "received_on": date(2026, 11, 5)}, by=people.finance)
    contract.refresh_from_db()
    assert contract.state == "done"
    with pytest.raises(WrongState) as refused:
        payments.withdraw(payment, by=people.finance)
    assert refused.value.code == "completed"


def test_whoever_may_not_give_money_back_takes_none_out(people, order):
    payment = payments.receive(order, {"amount": Decimal(100), "received_on": date(2026, 11, 5)}, by=people.finance)
    with pytest.raises(NotAllowed):
        payments.withdraw(payment, by=people.rep_a)
