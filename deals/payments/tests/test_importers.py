"""Opportunities, orders, contracts and money of earlier years come in dated as they happened."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from crm.activity.models import Activity
from customers.companies import services as companies
from customers.companies.models import Company, Step
from deals.contracts.models import Contract
from deals.opportunities import services as opportunities
from deals.opportunities.models import Opportunity, StageChange
from deals.orders.models import Order
from deals.payments.models import Payment
from deals.products import services as products


@pytest.fixture
def firm(people):
    products.create({"name": "GTX Pro", "code": "GTX-P", "list_price": Decimal(1000)}, by=people.admin)
    return companies.create({"name": "Acme", "external_id": "A1"}, by=people.rep_a)


def day_of(moment):
    return timezone.localdate(moment)


HEAD = ["Deal name", "Account", "Product", "Stage", "Opened", "Closed", "Amount", "Owner", "External ID"]


def test_won_opportunities_are_won_by_an_order_of_their_closing_day(sheet, take_in, people, firm):
    path = sheet("a.csv", HEAD, ["Line 2", "Acme", "GTX-P", "赢单", "2017-01-05", "2017-03-01", "990.50", "林小雨", "O1"])
    assert take_in("opportunities", path, by=people.admin).created == 1
    won, order = Opportunity.objects.get(), Order.objects.get()
    assert (won.state, won.owner, day_of(won.opened_at), day_of(won.closed_at)) == ("won", people.rep_a, date(2017, 1, 5), date(2017, 3, 1))
    assert (order.opportunity, order.amount, order.state, day_of(order.placed_at)) == (won, Decimal("990.50"), "placed", date(2017, 3, 1))
    assert order.number == "DD-2017-0001"
    assert [day_of(change.at) for change in StageChange.objects.order_by("id")] == [date(2017, 1, 5), date(2017, 3, 1)]
    assert day_of(Activity.objects.get(verb="opportunities.won").at) == date(2017, 3, 1)
    company = Company.objects.get()
    assert (company.step, day_of(company.opportunity_at), day_of(company.signed_at)) == (Step.SIGNED, date(2017, 1, 5), date(2017, 3, 1))


def test_lost_ones_are_lost_on_their_day_and_open_ones_keep_their_stage(sheet, take_in, people, firm):
    path = sheet(
        "a.csv", HEAD,
        ["Lost", "A1", "", "Lost", "2017-01-05", "2017-02-01", "", "", "O1"],
        ["Open", "A1", "", "产品演示", "2017-01-06", "", "", "", "O2"],
    )  # fmt: skip
    assert take_in("opportunities", path, by=people.admin).created == 2
    lost, running = Opportunity.objects.order_by("external_id")
    assert (lost.state, day_of(lost.closed_at), lost.lost_reason.code) == ("lost", date(2017, 2, 1), "other_other")
    assert lost.lost_note
    assert (running.state, running.stage.code, day_of(running.stage_since)) == ("open", "demo", date(2017, 1, 6))
    assert StageChange.objects.get(opportunity=running).is_override


def test_what_cannot_be_closed_says_why(sheet, take_in, report, people, firm):
    path = sheet(
        "a.csv", HEAD,
        ["No day", "Acme", "GTX-P", "Won", "2017-01-05", "", "990", "", "O1"],
        ["No product", "Acme", "", "Won", "2017-01-05", "2017-03-01", "990", "", "O2"],
        ["Backwards", "Acme", "GTX-P", "Won", "2017-03-05", "2017-03-01", "990", "", "O3"],
        ["Tomorrow", "Acme", "GTX-P", "Lost", "2017-03-05", "2999-03-01", "990", "", "O4"],
        ["By hand", "Acme", "GTX-P", "待下单", "2017-03-05", "", "990", "", "O5"],
        ["Nobody's", "", "GTX-P", "Won", "2017-03-05", "2017-03-06", "990", "", "O6"],
    )  # fmt: skip
    run = take_in("opportunities", path, by=people.admin)
    assert (run.created, run.rejected) == (0, 6)
    assert [(line["row"], line["column"]) for line in report(run)["rejected"]] == [
        (2, "Closed"), (3, "Product"), (4, "Closed"), (5, "Closed"), (6, "Stage"), (7, "Account"),
    ]  # fmt: skip
    assert not Order.objects.exists()


def test_an_open_opportunity_may_lack_its_company_and_says_so(sheet, take_in, report, people, firm):
    run = take_in("opportunities", sheet("a.csv", HEAD, ["", "", "GTX-P", "", "2017-01-05", "", "", "", "O1"]), by=people.admin)
    assert Opportunity.objects.get().name == "GTX Pro"
    assert Opportunity.objects.get().company is None
    assert [line["code"] for line in report(run)["warnings"]] == ["no_company"]


def test_an_opportunity_without_a_company_has_its_pages_and_can_be_given_one(sheet, take_in, people, firm, signed_in):
    take_in("opportunities", sheet("a.csv", HEAD, ["", "", "GTX-P", "", "2017-01-05", "", "", "", "O1"]), by=people.admin)
    one, client = Opportunity.objects.get(), signed_in(people.admin)
    for address in ("", "board/", f"{one.pk}/", f"{one.pk}/panels/", f"{one.pk}/edit/"):
        assert client.get(f"/deals/opportunities/{address}").status_code == 200, address
    assert client.get(f"/api/v1/opportunities/{one.pk}/").json()["company"] is None
    opportunities.update(one, {"company": firm}, by=people.admin)
    one.refresh_from_db()
    assert (one.company, one.co_owner) == (firm, firm.owner)
    assert Company.objects.get().step == Step.OPPORTUNITY


def test_a_later_stage_needs_the_same_right_as_on_the_board(sheet, take_in, report, people, firm):
    path = sheet("a.csv", HEAD, ["First", "Acme", "", "", "", "", "", "", "O1"], ["Later", "Acme", "", "demo", "", "", "", "", "O2"])
    run = take_in("opportunities", path, by=people.rep_a)
    assert (run.created, run.rejected) == (1, 1)
    assert (report(run)["rejected"][0]["row"], report(run)["rejected"][0]["code"]) == (3, "not_allowed")


def test_one_bad_row_among_the_won_leaves_the_others_in(sheet, take_in, people, firm):
    rows = [[f"Deal {n}", "Acme", "GTX-P", "Won", "2017-01-05", "2017-03-01", "1000", "", f"O{n}"] for n in range(5)]
    rows[2][2] = "GTXPro"
    run = take_in("opportunities", sheet("a.csv", HEAD, *rows), by=people.admin)
    assert (run.created, run.rejected, Order.objects.count()) == (4, 1, 4)


def test_products_contracts_orders_and_payments_follow_each_other(sheet, take_in, people, firm):
    by = people.admin
    take_in("products", sheet("p.csv", ["产品名称", "产品编码", "标准价", "分类"], ["工业相机", "CAM-1", "5,000.00", "视觉"]), by=by)
    take_in(
        "contracts",
        sheet("c.csv", ["合同名称", "客户", "合同金额", "签订日期", "编号"], ["采购合同", "Acme", "1万", "2017年3月1日", "C-7"]),
        by=by,
    )
    take_in("orders", sheet("o.csv", ["客户", "产品", "数量", "金额", "下单日期", "编号"], ["Acme", "CAM-1", "2", "10000", "2017/3/2", "DD7"]), by=by)
    run = take_in(
        "payments",
        sheet("b.csv", ["订单号", "回款金额", "到账日期", "付款方式"], ["DD7", "4000", "2017-03-10", "银行转账"], ["DD7", "9000", "2017-03-11", ""]),
        by=by,
    )
    contract, order, payment = Contract.objects.get(), Order.objects.get(), Payment.objects.get()
    assert (contract.number, contract.signed_on, contract.state) == ("HT-2017-0001", date(2017, 3, 1), "signed")
    assert (order.number, order.amount, day_of(order.placed_at)) == ("DD-2017-0001", Decimal("10000.00"), date(2017, 3, 2))
    assert (payment.number, payment.amount, payment.method, payment.received_on) == ("HK-2017-0001", Decimal("4000.00"), "bank", date(2017, 3, 10))
    assert (run.created, run.rejected) == (1, 1)
    company = Company.objects.get()
    assert (company.step, day_of(company.signed_at), day_of(company.paid_at)) == (Step.PAID, date(2017, 3, 1), date(2017, 3, 10))


def test_people_come_with_their_teams_and_leaders(sheet, take_in, people):
    path = sheet(
        "people.csv", ["sales_agent", "manager", "regional_office"],
        ["Moses Frase", "Dustin Brinkmann", "Central"], ["Anna Snelling", "Dustin Brinkmann", "Central"],
    )  # fmt: skip
    mapping = {"columns": {"sales_agent": "name", "manager": ["team", "leader"], "regional_office": "part_of"}}
    assert take_in("people", path, by=people.admin, mapping=mapping).created == 2
    again = take_in("people", path, by=people.admin, mapping=mapping)
    assert (again.created, again.duplicates) == (0, 2)
    team = type(people.east).objects.get(name="Dustin Brinkmann")
    assert (team.parent.name, team.leader.name, team.leader.role.code) == ("Central", "Dustin Brinkmann", "lead")
    assert sorted(team.members.values_list("username", flat=True)) == ["anna.snelling", "dustin.brinkmann", "moses.frase"]
