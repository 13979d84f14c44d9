"""The form of an order tells prices, sums and the contract beside them, and says when contract and orders differ."""

from decimal import Decimal

import pytest

from deals.contracts import services as contracts
from deals.orders import services
from deals.orders.beside import of_order
from deals.orders.models import Order
from deals.orders.tests.test_pages import PAGES, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def mes(make_product):
    return make_product("MES 基础版", list_price="2000.00", floor_price="1500.00", unit="套")


@pytest.fixture
def contract(people, make_company):
    """A signed contract over 10,000."""
    made = contracts.create({"company": make_company(), "name": "MES 合同", "amount": "10000.00"}, by=people.rep_a)
    return contracts.sign(made, signed_on=made.created_at.date(), by=people.rep_a)


def recounted(browser, form, url=f"{PAGES}new/"):
    """What is sent back while the form is filled in."""
    return browser.post(url, form | {"recount": "1"}, headers={"HX-Request": "true"}).content.decode()


def test_each_row_tells_list_and_floor_price_and_its_sum(people, make_company, mes, signed_in):
    form = typed(make_company(), (mes, "3", "1900.00", "10"), (mes, "", "", ""), (None, "", "", ""))
    told = recounted(signed_in(people.rep_a), form)
    first, second, third = (told.partition(f'id="km-linetold-{place}"')[2].partition("</p>")[0] for place in range(3))
    for words in ("标价 ¥2,000.00/套", "底价 ¥1,500.00", "小计 <b>¥5,130.00</b>"):  # 3 × 1900.00 less a tenth
        assert words in first
    assert "小计 <b>¥2,000.00</b>" in second
    assert "¥" not in third
    assert "合计 <b>¥7,130.00</b>" in told
    assert told.count('hx-swap-oob="true"') == 3


def test_prices_are_told_while_another_field_of_the_row_is_wrong(people, make_company, mes, signed_in):
    told = recounted(signed_in(people.rep_a), typed(make_company(), (mes, "drei", "", "")))
    assert "标价 ¥2,000.00/套" in told
    assert "小计" not in told


def test_without_scripts_the_rows_tell_the_same_after_a_post(people, make_company, mes, signed_in):
    page = signed_in(people.rep_a).post(f"{PAGES}new/", typed(make_company(), (mes, "3", "", "")) | {"more": "1"}).content.decode()
    assert "小计 <b>¥6,000.00</b>" in page


def test_the_contract_and_what_is_ordered_on_it_stand_beside_the_total(people, contract, mes, signed_in):
    services.create({"contract": contract}, [{"product": mes, "quantity": 2}], by=people.rep_a)
    browser = signed_in(people.rep_a)
    form = typed(contract.company, (mes, "4", "", ""), contract=contract.pk)
    told = recounted(browser, form)
    for words in (f"{contract.number} <b>¥10,000.00</b>", "已有其他订单 ¥4,000.00", "名下订单合计 ¥12,000.00，多出 ¥2,000.00"):
        assert words in told
    assert "多出" not in recounted(browser, typed(contract.company, (mes, "3", "", ""), contract=contract.pk))
    assert f"{contract.number} <b>¥10,000.00</b>" in browser.get(f"{PAGES}new/?contract={contract.pk}").content.decode()


def test_an_order_is_not_counted_twice_in_its_own_form(people, contract, mes, signed_in):
    order = services.create({"contract": contract}, [{"product": mes, "quantity": 5}], by=people.rep_a)
    page = signed_in(people.rep_a).get(f"{PAGES}{order.pk}/edit/").content.decode()
    assert "已有其他订单 ¥0.00" in page
    assert "名下订单合计" not in page


def test_saving_and_the_page_of_an_order_warn_when_contract_and_orders_differ(people, contract, mes, signed_in):
    browser = signed_in(people.rep_a)
    page = browser.post(f"{PAGES}new/", typed(contract.company, (mes, "6", "", ""), contract=contract.pk), follow=True)
    words = f"合同 {contract.number} 金额 ¥10,000.00，名下订单合计 ¥12,000.00，多出 ¥2,000.00。"
    assert words in [str(one) for one in page.context["messages"]]
    order = Order.objects.get()
    assert words in browser.get(f"{PAGES}{order.pk}/").content.decode()
    services.update(order, {}, [{"product": mes, "quantity": 4}], by=people.rep_a)
    assert "还差 ¥2,000.00" in browser.get(f"{PAGES}{order.pk}/").content.decode()
    services.update(order, {}, [{"product": mes, "quantity": 5}], by=people.rep_a)
    assert "合同与订单金额不一致" not in browser.get(f"{PAGES}{order.pk}/").content.decode()


def test_cancelled_orders_and_other_currencies_are_not_held_against_a_contract(people, contract, mes):
    gone = services.create({"contract": contract}, [{"product": mes}], by=people.rep_a)
    services.cancel(gone, reason="撤单", by=people.rep_a)
    dollars = services.create({"contract": contract, "currency": "USD"}, [{"product": mes}], by=people.rep_a)
    order = services.create({"contract": contract}, [{"product": mes, "quantity": 5}], by=people.rep_a)
    assert of_order(order).over == Decimal(0)
    assert of_order(dollars) is None
    gone.refresh_from_db()
    assert of_order(gone) is None


def test_who_reads_amounts_covered_is_told_none(people, contract, mes, signed_in):
    order = services.create({"contract": contract}, [{"product": mes, "quantity": 9}], by=people.admin, owner=people.partner)
    page = signed_in(people.partner).get(f"{PAGES}{order.pk}/")
    assert page.status_code == 200
    assert "名下订单合计" not in page.content.decode()
