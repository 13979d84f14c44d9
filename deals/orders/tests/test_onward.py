"""After the last open stage: the page of the opportunity has the button for the contract, then for the order."""

import pytest
from django.urls import reverse

from deals.contracts import services as contracts
from deals.orders import services as orders

pytestmark = pytest.mark.django_db
PAGES = "/deals/opportunities/"


@pytest.fixture
def negotiated(make_opportunity):
    """An opportunity in the last stage that is moved by hand."""
    return make_opportunity("negotiation")


def card(browser, opportunity):
    """The card that says what comes next."""
    html = browser.get(f"{PAGES}{opportunity.pk}/").content.decode()
    return html.partition("下一步：合同与订单")[2].partition("</section>")[0]


def test_the_contract_is_drafted_then_signed_then_the_order_placed(people, negotiated, make_product, signed_in, at):
    at("2026-11-20 10:00")
    browser = signed_in(people.rep_a)
    assert f'href="/deals/contracts/new/?opportunity={negotiated.pk}"' in card(browser, negotiated)
    contract = contracts.create({"opportunity": negotiated, "amount": "100.00", "name": "MES 合同"}, by=people.rep_a)
    assert f'href="/deals/contracts/{contract.pk}/signature/"' in card(browser, negotiated)
    contracts.sign(contract, signed_on=at("2026-11-20 11:00").date(), by=people.rep_a)
    assert f'href="/deals/orders/new/?contract={contract.pk}"' in card(browser, negotiated)
    order = orders.create({"contract": contract}, [{"product": make_product()}], by=people.rep_a)
    assert f'href="/deals/orders/{order.pk}/"' in card(browser, negotiated)
    orders.place(order, by=people.rep_a)
    assert card(browser, negotiated) == ""


@pytest.mark.parametrize("stage", ["won", "pending_order"])
def test_a_stage_that_contract_and_order_decide_leads_to_the_button_that_does(people, negotiated, signed_in, stage):
    browser = signed_in(people.rep_a)
    answer = browser.get(f"{PAGES}{negotiated.pk}/stage/?stage={stage}", follow=True)
    assert answer.redirect_chain == [(f"{PAGES}{negotiated.pk}/", 302)]
    assert f'href="/deals/contracts/new/?opportunity={negotiated.pk}"' in answer.content.decode()
    assert ("合同" if stage == "pending_order" else "订单") in "".join(map(str, answer.context["messages"]))


def test_the_board_names_the_way_out_of_its_refusals(people, negotiated, signed_in):
    html = signed_in(people.rep_a).get(reverse("deals:opportunities:board")).content.decode()
    assert 'data-refuses="由已签合同决定，不能手动设置：请先签合同。"' in html
    assert 'data-way="去商机页"' in html
