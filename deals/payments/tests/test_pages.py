"""Money in the browser and over the API: plan, receive, settle, give back, write off."""

from datetime import date
from decimal import Decimal

import pytest

from crm.activity.dispatch import dispatch_all
from crm.notifications.models import Notice
from deals.payments import planning, services
from deals.payments.balances import balance, share
from deals.payments.models import Instalment, Payment

pytestmark = pytest.mark.django_db
PAGES, ORDERS, API = "/deals/payments/", "/deals/orders/", "/api/v1/"
D = Decimal


@pytest.fixture(autouse=True)
def today(at):
    return at("2026-11-20 10:00")


@pytest.fixture
def order(make_order):
    return make_order("1000.00", placed=True)


@pytest.fixture
def planned(people, order):
    """Half due on 1 October, which is 50 days late, and half on 31 December."""
    planning.plan(order, [(date(2026, 10, 1), D(500)), (date(2026, 12, 31), D(500))], by=people.rep_a)
    return order


def money(**values):
    return {"amount": "500.00", "received_on": "2026-11-20", "method": "bank", **values}


def settled(order):
    return [row.settled for row in Instalment.objects.filter(order=order).with_open().due_first()]


def test_every_page_of_money_answers_whoever_keeps_it(people, planned, signed_in):
    browser = signed_in(people.finance)
    paid = services.receive(planned, {"amount": D(100), "received_on": date(2026, 11, 20)}, by=people.finance)
    for part in ("", "new/", "instalments/", "instalments/?state=overdue", "instalments/?state=paid", "instalments/?within=60",
                 "instalments/aging/", f"{paid.pk}/", f"{paid.pk}/refund/", f"{paid.pk}/allocation/", "?part=filters",
                 "instalments/?part=filters"):  # fmt: skip
        assert browser.get(PAGES + part).status_code == 200, part
    for part in ("", "plan/", "payments/", "write-off/", "panels/"):
        assert browser.get(f"{ORDERS}{planned.pk}/{part}").status_code == 200, part


def test_another_teams_rep_finds_no_trace_of_money(people, planned, signed_in):
    paid = services.receive(planned, {"amount": D(100), "received_on": date(2026, 11, 20)}, by=people.finance)
    browser = signed_in(people.rep_c)
    for url in (f"{PAGES}{paid.pk}/", f"{ORDERS}{planned.pk}/plan/", f"{ORDERS}{planned.pk}/payments/", f"{API}payments/{paid.pk}/",
                f"{API}orders/{planned.pk}/plan/"):  # fmt: skip
        assert browser.get(url).status_code == 404, url
    assert browser.post(f"{ORDERS}{planned.pk}/payments/", money()).status_code == 404
    for url in (PAGES, f"{PAGES}instalments/", f"{PAGES}instalments/aging/", f"{API}payments/", f"{API}instalments/"):
        text = browser.get(url).content.decode()
        assert paid.number not in text, url
        assert planned.number not in text, url
        assert "500.00" not in text, url


def test_a_rep_receives_and_plans_but_neither_refunds_nor_writes_off(people, planned, signed_in):
    paid = services.receive(planned, {"amount": D(100), "received_on": date(2026, 11, 20)}, by=people.rep_a)
    browser = signed_in(people.rep_a)
    back = {"amount": "10", "reason": "多付", "on": "2026-11-20"}
    assert browser.post(f"{PAGES}{paid.pk}/refund/", back).status_code == 403
    assert browser.post(f"{ORDERS}{planned.pk}/write-off/", back).status_code == 403
    page = browser.get(f"{ORDERS}{planned.pk}/").content.decode()
    assert f"{ORDERS}{planned.pk}/payments/" in page
    assert "write-off/" not in page
    assert "refund/" not in browser.get(f"{PAGES}{paid.pk}/").content.decode()


def test_the_form_knows_what_is_outstanding_and_who_will_pay(people, order, signed_in):
    services.receive(order, {"amount": D("400.00"), "received_on": date(2026, 11, 1)}, by=people.rep_a)
    page = signed_in(people.rep_a).get(f"{ORDERS}{order.pk}/payments/").content.decode()
    assert 'value="600.00"' in page
    assert f'value="{order.company.name}"' in page
    assert 'value="2026-11-20"' in page


def test_sent_twice_money_comes_in_once(people, order, signed_in):
    browser = signed_in(people.rep_a)
    for _time in (1, 2):
        assert browser.post(f"{ORDERS}{order.pk}/payments/", money(once="k1")).url == f"{ORDERS}{order.pk}/"
    assert balance(order).received == D("500.00")
    assert Payment.objects.count() == 1


def test_money_for_an_order_that_is_chosen(people, order, signed_in):
    browser = signed_in(people.finance)
    assert browser.post(f"{PAGES}new/", money(order=order.pk)).url == f"{ORDERS}{order.pk}/"
    assert browser.post(f"{PAGES}new/", money()).status_code == 422
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"amount": "1000.01"}, "amount"), ({"amount": "0"}, "amount"), ({"received_on": "2026-11-21"}, "received_on"), ({"amount": ""}, "amount")],
)
def test_more_than_is_outstanding_nothing_or_tomorrow_is_told_at_its_field(people, order, signed_in, wrong, field):
    answer = signed_in(people.rep_a).post(f"{ORDERS}{order.pk}/payments/", money(**wrong))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert not Payment.objects.exists()


def test_a_draft_takes_no_money_and_no_plan(people, make_order, signed_in):
    draft, browser = make_order(), signed_in(people.rep_a)
    assert browser.post(f"{ORDERS}{draft.pk}/payments/", money()).status_code == 409
    assert browser.get(f"{ORDERS}{draft.pk}/plan/").status_code == 409


def test_the_owner_hears_when_finance_receives(people, order, signed_in):
    signed_in(people.finance).post(f"{ORDERS}{order.pk}/payments/", money())
    dispatch_all()
    notice = Notice.objects.get(code="payments.received")
    assert notice.user == people.rep_a
    assert "500.00" in signed_in(people.rep_a).get("/notifications/").content.decode()


def test_a_plan_is_cut_into_equal_parts_changed_and_saved(people, make_order, signed_in):
    order, browser = make_order("100.00", placed=True), signed_in(people.rep_a)
    url = f"{ORDERS}{order.pk}/plan/"
    cut = browser.post(url, {"split": "1", "split-parts_wanted": "3", "split-first": "2026-12-31", "split-months": "1", "parts": "1"})
    rows = [(str(part["due_on"].value()), str(part["amount"].value())) for part in cut.context["form"].parts.forms]
    assert rows == [("2026-12-31", "33.33"), ("2027-01-31", "33.33"), ("2027-02-28", "33.34")]
    assert not Instalment.objects.exists()
    form = {"parts": "3"}
    for place, (day, amount) in enumerate(rows):
        form |= {f"parts-{place}-due_on": day, f"parts-{place}-amount": amount}
    assert browser.post(url, form).url == f"{ORDERS}{order.pk}/"
    assert [row.amount for row in Instalment.objects.due_first()] == [D("33.33"), D("33.33"), D("33.34")]


def test_a_plan_is_cut_by_percent_and_ninety_is_not_a_hundred(people, order, signed_in):
    browser, url = signed_in(people.rep_a), f"{ORDERS}{order.pk}/plan/"
    asked = {"split": "1", "split-first": "2026-12-01", "split-months": "2", "parts": "1"}
    cut = browser.post(url, asked | {"split-percents": "60、30%，10"})
    assert [str(part["amount"].value()) for part in cut.context["form"].parts.forms] == ["600.00", "300.00", "100.00"]
    wrong = browser.post(url, asked | {"split-percents": "60, 30"})
    assert wrong.status_code == 422
    assert wrong.context["form"].split_form.errors["percents"]


def test_a_plan_that_does_not_make_up_the_order_is_refused_with_both_sums(people, order, signed_in):
    form = {"parts": "1", "parts-0-due_on": "2026-12-01", "parts-0-amount": "999.99"}
    answer = signed_in(people.rep_a).post(f"{ORDERS}{order.pk}/plan/", form)
    assert answer.status_code == 422
    assert "999.99" in str(answer.context["form"].non_field_errors())
    assert "1,000.00" in str(answer.context["form"].non_field_errors())


def test_what_is_late_and_how_late_is_listed_by_age(people, planned, signed_in):
    browser = signed_in(people.finance)
    assert planned.number in browser.get(f"{PAGES}instalments/?state=overdue").content.decode()
    assert planned.number in browser.get(f"{PAGES}instalments/?age=31-60").content.decode()
    assert planned.number not in browser.get(f"{PAGES}instalments/?age=1-30").content.decode()
    assert planned.number in browser.get(f"{PAGES}instalments/?within=60").content.decode()
    assert planned.number not in browser.get(f"{PAGES}instalments/?within=30").content.decode()
    ages = browser.get(f"{PAGES}instalments/aging/").context["ages"]
    assert [age["is_none"] for age in ages] == [True, False, True, True]


def test_a_payment_settles_what_is_said_and_the_rest_stays_free(people, planned, signed_in):
    paid = services.receive(planned, {"amount": D(500), "received_on": date(2026, 11, 20)}, by=people.finance)
    assert settled(planned) == [D(500), D(0)]
    first, second = Instalment.objects.due_first()
    browser = signed_in(people.finance)
    assert browser.post(f"{PAGES}{paid.pk}/allocation/", {f"part_{first.pk}": "100", f"part_{second.pk}": "300"}).status_code == 303
    assert settled(planned) == [D(100), D(300)]
    too_much = browser.post(f"{PAGES}{paid.pk}/allocation/", {f"part_{first.pk}": "300", f"part_{second.pk}": "300"})
    assert too_much.status_code == 422
    assert settled(planned) == [D(100), D(300)]


def test_money_goes_back_and_comes_again(people, planned, signed_in):
    paid = services.receive(planned, {"amount": D(500), "received_on": date(2026, 11, 20)}, by=people.finance)
    browser, back = signed_in(people.finance), {"amount": "200.00", "reason": "多付", "on": "2026-11-20", "once": "r1"}
    for _time in (1, 2):
        assert browser.post(f"{PAGES}{paid.pk}/refund/", back).status_code == 303
    assert (balance(planned).refunded, balance(planned).outstanding) == (D(200), D(700))
    too_much = browser.post(f"{PAGES}{paid.pk}/refund/", back | {"amount": "300.01", "once": "r2"})
    assert too_much.status_code == 422
    assert too_much.context["form"].errors["amount"]


def test_a_bad_debt_is_written_off_and_recovered(people, order, signed_in):
    browser = signed_in(people.finance)
    assert browser.post(f"{ORDERS}{order.pk}/write-off/", {"amount": "1000", "reason": "客户破产", "on": "2026-11-20"}).status_code == 303
    debt = Payment.objects.get(kind="bad_debt")
    assert balance(order).outstanding == 0
    assert browser.post(f"{PAGES}{debt.pk}/recovery/", {"amount": "400", "reason": "破产财产分配", "on": "2026-11-20"}).status_code == 303
    assert balance(order).outstanding == D(400)


def test_an_order_with_money_is_not_cancelled(people, order, signed_in):
    services.receive(order, {"amount": D(1), "received_on": date(2026, 11, 20)}, by=people.finance)
    answer = signed_in(people.rep_a).post(f"{ORDERS}{order.pk}/cancellation/", {"reason": "撤单"})
    assert answer.status_code == 409


def test_lists_of_companies_contracts_and_orders_tell_their_money(people, make_contract, make_order, signed_in):
    contract = make_contract(signed=True, amount="1000.00")
    order = make_order("1000.00", contract=contract, placed=True)
    planning.plan(order, [(date(2026, 10, 1), D(600)), (date(2026, 12, 31), D(400))], by=people.rep_a)
    services.receive(order, {"amount": D(250), "received_on": date(2026, 11, 20)}, by=people.rep_a)
    browser = signed_in(people.rep_a)
    companies = browser.get("/customers/companies/?cols=signed,overdue,received").content.decode()
    assert all(figure in companies for figure in ("1,000.00", "350.00", "250.00"))
    contracts = browser.get("/deals/contracts/?cols=received,next_instalment").content.decode()
    assert "25%" in contracts
    assert "750.00" in browser.get("/deals/orders/?cols=outstanding").content.decode()
    company = browser.get(f"/customers/companies/{order.company_id}/").content.decode()
    assert f"/deals/payments/instalments/?company={order.company_id}&amp;state=overdue" in company
    assert "km-late" in browser.get(f"/customers/companies/{order.company_id}/panels/").content.decode()


def test_whoever_may_not_see_money_reads_no_sum_of_it_anywhere(people, make_contract, make_order, signed_in):
    contract = make_contract(signed=True, amount="98765.00")
    order = make_order("98765.00", contract=contract, placed=True)
    services.receive(order, {"amount": D(43210), "received_on": date(2026, 11, 20)}, by=people.rep_a)
    browser = signed_in(people.marketing)  # sees all companies, no contract and no payment
    for url in (f"/customers/companies/{order.company_id}/", f"/customers/companies/{order.company_id}/panels/",
                "/customers/companies/?cols=signed,overdue,received"):  # fmt: skip
        text = browser.get(url).content.decode().replace(",", "")
        assert "98765" not in text, url
        assert "43210" not in text, url
        assert "55555" not in text, url


def test_money_over_the_api(people, planned, signed_in):
    browser = signed_in(people.finance)
    plan = browser.get(f"{API}orders/{planned.pk}/plan/").json()
    assert [part["amount"] for part in plan] == ["500.00", "500.00"]
    body = {"order": planned.pk, "amount": "600.00", "received_on": "2026-11-20"}
    first, again = (browser.post(f"{API}payments/", body, content_type="application/json", headers={"Idempotency-Key": "p"}) for _time in (1, 2))
    assert first.status_code == 201
    assert first.json()["id"] == again.json()["id"]
    assert first.json()["settles"] == [{"instalment": plan[0]["id"], "amount": "500.00"}, {"instalment": plan[1]["id"], "amount": "100.00"}]
    url = f"{API}payments/{first.json()['id']}/"
    back = browser.post(f"{url}refund/", {"amount": "50.00", "reason": "多付"}, content_type="application/json")
    assert (back.status_code, back.json()["amount"]) == (201, "-50.00")
    moved = browser.post(f"{url}allocation/", {"settles": [{"instalment": plan[1]["id"], "amount": "500.00"}]}, content_type="application/json")
    assert moved.json()["settles"] == [{"instalment": plan[1]["id"], "amount": "500.00"}]
    gone = browser.post(f"{API}orders/{planned.pk}/write-off/", {"amount": "100.00", "reason": "尾款"}, content_type="application/json")
    assert gone.status_code == 201
    assert balance(planned).outstanding == D("350.00")
    late = browser.get(f"{API}instalments/?state=overdue").json()["results"]
    assert [row["id"] for row in late] == [plan[0]["id"]]


def test_an_equal_plan_over_the_api(people, order, signed_in):
    browser, url = signed_in(people.rep_a), f"{API}orders/{order.pk}/plan/"
    made = browser.post(url, {"equal": 3, "first": "2026-12-01"}, content_type="application/json")
    assert [part["amount"] for part in made.json()] == ["333.33", "333.33", "333.34"]
    assert browser.post(url, {}, content_type="application/json").status_code == 422
    assert browser.post(url, {"equal": 3}, content_type="application/json").json()["field"] == "first"
    assert browser.post(url, {"equal": 2, "first": "2026-12-01", "colour": "red"}, content_type="application/json").status_code == 422


def test_an_instalment_of_another_order_does_not_exist(people, planned, make_order, signed_in):
    paid = services.receive(make_order("50.00", placed=True), {"amount": D(50), "received_on": date(2026, 11, 20)}, by=people.finance)
    body = {"settles": [{"instalment": Instalment.objects.first().pk, "amount": "50.00"}]}
    answer = signed_in(people.finance).post(f"{API}payments/{paid.pk}/allocation/", body, content_type="application/json")
    assert answer.status_code == 404


def test_the_whole_way_of_money_through_the_browser(people, make_company, make_product, signed_in):
    browser, company, product = signed_in(people.rep_a), make_company(), make_product("MES", list_price="1000.00")
    contract = browser.post("/deals/contracts/new/", {"company": company.pk, "name": "MES 合同", "amount": "2000", "currency": "CNY"}).url
    assert browser.post(f"{contract}signature/", {"signed_on": "2026-11-20"}).status_code == 303
    pk = contract.strip("/").rpartition("/")[2]
    lines = {"lines": "1", "lines-0-product": product.pk, "lines-0-quantity": "2"}
    order = browser.post("/deals/orders/new/", {"company": company.pk, "contract": pk, "currency": "CNY", **lines}).url
    assert browser.post(f"{order}placement/").status_code == 303
    plan = {"parts": "2", "parts-0-due_on": "2026-11-30", "parts-0-amount": "1200", "parts-1-due_on": "2026-12-31", "parts-1-amount": "800"}
    assert browser.post(f"{order}plan/", plan).status_code == 303
    assert browser.post(f"{order}payments/", money(amount="1200.00")).status_code == 303
    assert "800.00" in browser.get(f"{order}payments/").content.decode()
    assert browser.post(f"{order}payments/", money(amount="800.00")).status_code == 303
    page = browser.get(order)
    assert [(fact.text, fact.tone) for fact in page.context["facts"]][1:3] == [("¥2,000.00", ""), ("¥0.00", "")]
    assert browser.get(contract).context["record"].state == "done"
    company.refresh_from_db()
    assert company.step == 4
    assert browser.post(f"{order}payments/", money(amount="0.01")).status_code == 422


def test_how_much_was_received_is_the_same_share_of_what_was_ordered_on_every_page(people, make_company, make_contract, make_order, signed_in):
    company = make_company()
    contract = make_contract(company, signed=True, amount="288000.00")
    order = make_order("294000.00", contract=contract, placed=True)
    services.receive(order, {"amount": D("88200.00"), "received_on": date(2026, 11, 20)}, by=people.finance)
    browser = signed_in(people.manager)
    # 88,200 of 294,000; of the contract's 288,000 it would be 31 %
    for url in (f"{ORDERS}{order.pk}/", f"/deals/contracts/{contract.pk}/", f"/customers/companies/{company.pk}/",
                f"/customers/companies/{company.pk}/panels/"):  # fmt: skip
        html = browser.get(url).content.decode()
        assert ("已收 30%" in html, "31%" in html) == (True, False), url
    listed = browser.get(f"/deals/contracts/?company={company.pk}").content.decode()
    assert "<span>30%</span>" in listed


def test_everything_is_received_only_once_no_cent_is_missing():
    assert [share(D(kept), D(1000)) for kept in ("0", "4", "995", "999.99", "1000")] == [0, 0, 99, 99, 100]
    assert (share(D(0), D(0)), share(D(5), D(0))) == (0, 100)


def test_a_refused_cancellation_keeps_the_reason_and_says_how_much_money_is_in_the_way(people, make_order, signed_in):
    order = make_order("294000.00", placed=True)
    services.receive(order, {"amount": D("88200.00"), "received_on": date(2026, 11, 20)}, by=people.finance)
    answer = signed_in(people.rep_a).post(f"{ORDERS}{order.pk}/cancellation/", {"reason": "客户换了方案"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert ">客户换了方案</textarea>" in html.replace("\n", "")
    assert "已收 ¥88,200.00，请先退款。" in html
    order.refresh_from_db()
    assert order.is_placed


def test_refusals_of_money_write_it_as_the_pages_do(people, make_order, signed_in):
    order = make_order("294000.00", placed=True)
    parts = {"parts": "1", "parts-0-due_on": "2026-12-31", "parts-0-amount": "305800"}
    planned = signed_in(people.rep_a).post(f"{ORDERS}{order.pk}/plan/", parts)
    assert (planned.status_code, "各期合计 ¥305,800.00，应为 ¥294,000.00。" in planned.content.decode()) == (422, True)
    over = signed_in(people.finance).post(f"{ORDERS}{order.pk}/payments/", money(amount="300000"))
    assert (over.status_code, "这张订单只剩 ¥294,000.00 未收" in over.content.decode()) == (422, True)
