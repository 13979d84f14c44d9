"""The whole main job, as the people of a firm do it in the browser: from a spreadsheet to the manager's funnel."""

from decimal import Decimal

import pytest

from crm.activity.dispatch import dispatch_all
from crm.core import clock
from deals.leads import services as leads
from deals.opportunities.models import Opportunity
from deals.products import services as products

SHEET = "公司名称,行业,地区\n苏州恒立达精密机械有限公司,装备制造,苏州\n宁波海澜仓储物流有限公司,物流仓储,宁波\n"
CODE = "91320594MA1XYK3L0A"


@pytest.fixture
def offer(people):
    """What the firm sells."""
    return products.create({"code": "IOT-P", "name": "设备联网平台", "list_price": Decimal(150000)}, by=people.admin)


@pytest.mark.django_db(transaction=True)
def test_from_a_spreadsheet_to_the_managers_funnel(people, offer, visit, sign_in, run_jobs, tmp_path):
    rep = visit()
    sign_in(rep, people.rep_a.username)
    import_a_sheet(rep, run_jobs, tmp_path)
    log_a_call(rep)
    opportunity = convert_a_lead(rep, people)
    drag_it_on(rep, opportunity)
    sign_and_order(rep, opportunity, offer)
    receive_the_money(visit(people.finance), opportunity)
    opportunity.refresh_from_db()
    assert opportunity.state == "won"
    dispatch_all()
    the_manager_reads_it(visit(people.manager))
    another_team_sees_none_of_it(visit(people.rep_c))
    assert rep.problems == []


def import_a_sheet(page, run_jobs, tmp_path):
    """Upload, accept the guessed columns, start; both companies are there."""
    sheet = tmp_path / "客户.csv"
    sheet.write_text(SHEET, encoding="utf-8-sig")
    page.goto("/imports/new/?kind=companies")
    page.set_input_files("input[type=file]", str(sheet))
    page.click("main form button[type=submit]")
    page.wait_for_url("**/imports/*/mapping/")
    page.click("button[name=start]")
    page.wait_for_url("**/imports/*/")
    run_jobs()
    page.goto("/customers/companies/")
    assert page.locator("tbody tr").count() == 2


def log_a_call(page):
    """From the list in three presses: the company, the composer, save."""
    page.click("text=苏州恒立达精密机械有限公司")
    page.wait_for_url("**/customers/companies/*/")
    page.click("#km-composer a >> nth=0")
    page.fill("#km-composer [name=key_points]", "对方确认三条产线要上设备联网，预算年底前批。")
    page.click("#km-composer button.km-primary")
    page.locator(".km-timeline", has_text="三条产线").wait_for()


def convert_a_lead(page, people):
    """A lead becomes company, contact and opportunity."""
    lead = leads.create(
        {
            "name": "嘉兴南湖精工传动有限公司",
            "person": "沈国栋",
            "position": "设备部经理",
            "mobile": "13912345678",
            "industry": "machinery",
            "need": "设备联网",
        },
        by=people.rep_a,
    )
    page.goto(f"/deals/leads/{lead.pk}/conversion/")
    page.fill("[name=credit_code]", CODE)
    if page.locator("[name=code_reason]").count():
        page.fill("[name=code_reason]", "营业执照已核对")
    page.check("[name=with_opportunity]")
    page.fill("[name=opportunity_name]", "南湖设备联网一期")
    page.fill("[name=amount]", "150000")
    page.fill("[name=expected_close]", clock.today().replace(year=clock.today().year + 1).isoformat())
    page.click(".km-formfoot button[type=submit]")
    page.wait_for_url(lambda url: "conversion" not in url)
    return Opportunity.objects.get(name="南湖设备联网一期")


def drag_it_on(page, opportunity):
    """Drag the card to the next stage; nothing is missing, so it stays there."""
    page.goto("/deals/opportunities/board/")
    card = page.locator(f".km-deal[data-id='{opportunity.pk}']")
    box, lane = card.bounding_box(), page.locator(".km-lane[data-stage=demo]").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 30, steps=4)
    page.mouse.move(lane["x"] + lane["width"] / 2, lane["y"] + 160, steps=8)
    with page.expect_response(lambda answer: answer.url.endswith("/stage/")):
        page.mouse.up()
    opportunity.refresh_from_db()
    assert opportunity.stage.code == "demo"


def sign_and_order(page, opportunity, offer):
    """Contract, signature, order with a line, placed."""
    page.goto(f"/deals/contracts/new/?opportunity={opportunity.pk}")
    page.click(".km-formfoot button[type=submit]")
    page.wait_for_url("**/deals/contracts/*/")
    contract = page.url.rstrip("/").rsplit("/", 1)[1]
    page.goto(f"/deals/contracts/{contract}/signature/")
    page.click(".km-formfoot button[type=submit]")
    page.wait_for_url(f"**/deals/contracts/{contract}/")
    page.goto(f"/deals/orders/new/?contract={contract}&product={offer.pk}")
    page.evaluate("id => { const s = document.querySelector('select[name$=product]'); s.add(new Option('x', id)); s.value = id; }", str(offer.pk))
    page.fill("[name$=quantity] >> nth=0", "1")
    page.fill("[name$=unit_price] >> nth=0", "150000")
    page.click(".km-formfoot button[type=submit]")
    page.wait_for_url("**/deals/orders/*/")
    page.locator("form[action='placement/'] button").first.click()
    page.wait_for_load_state("networkidle")
    opportunity.refresh_from_db()
    assert opportunity.state == "won"


def receive_the_money(page, opportunity):
    """Finance takes in what the customer paid."""
    order = opportunity.orders.get()
    page.goto(f"/deals/orders/{order.pk}/payments/")
    page.click(".km-formfoot button[type=submit]")
    page.wait_for_url(lambda url: "/payments/" not in url.split(f"/orders/{order.pk}", 1)[-1] or "/deals/payments/" in url)
    assert order.payments.get().amount == order.amount


def the_manager_reads_it(page):
    """The funnel counts the customer as paying, and the number opens the list that makes it."""
    page.goto("/reports/funnel/?mode=stock")
    last = page.locator(".km-chain4-step").last
    assert last.locator("a").inner_text() == "1"
    last.locator("a").click()
    page.wait_for_selector("tbody tr")
    assert page.locator("tbody tr").count() == 1
    assert "嘉兴南湖精工传动" in page.locator("tbody").inner_text()


def another_team_sees_none_of_it(page):
    """Neither in a list nor by searching."""
    for url in ("/customers/companies/", "/deals/opportunities/board/", "/search/?q=南湖", "/deals/orders/"):
        page.goto(url)
        assert "南湖精工" not in page.locator("main").inner_text()
