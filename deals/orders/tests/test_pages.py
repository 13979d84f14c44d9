"""Orders in the browser and over the API: lines, special prices, placing and cancelling."""

from decimal import Decimal

import pytest
from django.utils import translation

from crm.activity.dispatch import dispatch_all
from crm.notifications.models import Notice
from crm.notifications.notices import words_of
from deals.orders import services
from deals.orders.agreeing import agreers
from deals.orders.models import Order

pytestmark = pytest.mark.django_db
PAGES, API = "/deals/orders/", "/api/v1/orders/"


@pytest.fixture
def mes(make_product):
    return make_product("MES 基础版", list_price="100.00", floor_price="80.00")


def typed(company, *lines, **values):
    """An order as the form posts it; each line is (product, quantity, price, discount)."""
    form = {"company": company.pk, "currency": "CNY", "lines": str(max(len(lines), 1)), **values}
    for place, (product, quantity, price, discount) in enumerate(lines):
        names = {"product": product.pk if product else "", "quantity": quantity, "unit_price": price, "discount": discount}
        form |= {f"lines-{place}-{name}": value for name, value in names.items()}
    return form


def test_every_page_of_an_order_answers_its_owner(people, make_order, signed_in):
    browser, pk = signed_in(people.rep_a), make_order().pk
    for part in ("", "new/", "bin/", f"{pk}/", f"{pk}/edit/", f"{pk}/panels/", f"{pk}/cancellation/", "?q=DD", "?awaiting=true", "?part=filters"):
        assert browser.get(PAGES + part).status_code == 200, part


def test_another_teams_rep_finds_no_trace_of_an_order(people, make_order, signed_in):
    order = make_order()
    browser = signed_in(people.rep_c)
    for part in ("", "edit/", "panels/", "cancellation/"):
        assert browser.get(f"{PAGES}{order.pk}/{part}").status_code == 404, part
    for part in ("placement/", "special-price/", "cancellation/", "bin/"):
        assert browser.post(f"{PAGES}{order.pk}/{part}").status_code == 404, part
    assert browser.get(f"{API}{order.pk}/").status_code == 404
    for url in (PAGES, "/pick/orders/", API):
        assert order.number not in browser.get(url).content.decode(), url


def test_lines_are_written_with_the_order_and_empty_rows_left_out(people, make_company, mes, signed_in):
    form = typed(make_company(), (mes, "3", "", ""), (None, "", "", ""), (mes, "1.5", "90.00", "10"))
    answer = signed_in(people.rep_a).post(f"{PAGES}new/", form)
    order = Order.objects.get()
    assert answer.url == f"{PAGES}{order.pk}/"
    # 3 × 100.00 at the list price, and 1.5 × 90.00 less a tenth
    assert [line.amount for line in order.lines.all()] == [Decimal("300.00"), Decimal("121.50")]
    assert order.amount == Decimal("421.50")


def test_sent_twice_the_form_drafts_one_order(people, make_company, mes, signed_in):
    browser, form = signed_in(people.rep_a), typed(make_company(), (mes, "1", "", ""), once="k1")
    assert browser.post(f"{PAGES}new/", form).url == browser.post(f"{PAGES}new/", form).url
    assert Order.objects.count() == 1


def test_what_is_wrong_with_a_line_is_told_in_its_row_and_nothing_is_lost(people, make_company, mes, signed_in):
    form = typed(make_company(), (None, "", "", ""), (mes, "0", "90.00", ""), (None, "", "5.00", ""))
    answer = signed_in(people.rep_a).post(f"{PAGES}new/", form)
    assert answer.status_code == 422
    lines = answer.context["form"].lines.forms
    assert not lines[0].errors
    assert lines[1].errors["quantity"]
    assert lines[2].errors["product"]
    assert 'value="90.00"' in answer.content.decode()
    assert not Order.objects.exists()


def test_an_order_without_a_line_is_refused(people, make_company, signed_in):
    answer = signed_in(people.rep_a).post(f"{PAGES}new/", typed(make_company(), (None, "", "", "")))
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


def test_rows_are_added_and_dropped_without_scripts_and_nothing_is_saved(people, make_company, mes, signed_in):
    browser, company = signed_in(people.rep_a), make_company()
    form = typed(company, (mes, "7", "", ""), (mes, "8", "", ""), notes="急")
    more = browser.post(f"{PAGES}new/", form | {"more": "1"})
    assert more.status_code == 200
    assert [line["quantity"].value() for line in more.context["form"].lines.forms][:3] == ["7", "8", None]
    assert ">急</textarea>" in more.content.decode().replace("\n", "")
    assert company.name in more.content.decode()
    fewer = browser.post(f"{PAGES}new/", form | {"drop": "0"})
    assert [line["quantity"].value() for line in fewer.context["form"].lines.forms] == ["8"]
    assert not Order.objects.exists()


def test_htmx_gets_the_rows_alone_and_the_sum_as_it_is_typed(people, make_company, mes, signed_in):
    browser, form = signed_in(people.rep_a), typed(make_company(), (mes, "2", "70.00", ""))
    rows = browser.post(f"{PAGES}new/", form | {"more": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert rows.lstrip().startswith('<div class="km-section km-lines" id="km-lines"')
    fewer = browser.post(f"{PAGES}new/", form | {"drop": "0"}, headers={"HX-Request": "true"}).content.decode()
    assert "140.00" not in fewer
    told = browser.post(f"{PAGES}new/", form | {"recount": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert "140.00" in told
    assert "km-warn" in told  # below the floor price


def test_under_a_contract_the_form_knows_the_company(people, make_contract, signed_in):
    contract = make_contract(signed=True)
    page = signed_in(people.rep_a).get(f"{PAGES}new/?contract={contract.pk}").content.decode()
    assert contract.company.name in page
    assert contract.number in page


def test_placing_wins_the_opportunity_before_everybodys_eyes(people, make_opportunity, mes, signed_in):
    opportunity = make_opportunity(company=None, amount=Decimal("100.00"), product=mes)
    browser = signed_in(people.rep_a)
    order = services.create({"opportunity": opportunity}, by=people.rep_a)
    page = browser.post(f"{PAGES}{order.pk}/placement/", follow=True).content.decode()
    opportunity.refresh_from_db()
    assert opportunity.state == "won"
    assert f"{order.number}" in page
    assert str(opportunity.stage) in page
    assert browser.post(f"{PAGES}{order.pk}/placement/").status_code == 303  # placed already, it stays as it is


def test_a_special_price_waits_for_the_nearest_lead_who_is_told_of_it(people, make_company, mes, signed_in):
    browser = signed_in(people.rep_a)
    browser.post(f"{PAGES}new/", typed(make_company(), (mes, "1", "70.00", "")))
    order = Order.objects.get()
    assert agreers(order) == [people.lead_east]
    page = browser.get(f"{PAGES}{order.pk}/").content.decode()
    assert people.lead_east.name in page
    assert 'action="special-price/"' not in page
    assert browser.post(f"{PAGES}{order.pk}/placement/").status_code == 409
    assert browser.post(f"{PAGES}{order.pk}/special-price/").status_code == 403
    dispatch_all()
    assert [(one.user, one.url) for one in Notice.objects.all()] == [(people.lead_east, f"{PAGES}{order.pk}/")]
    lead = signed_in(people.lead_east)
    assert 'action="special-price/"' in lead.get(f"{PAGES}{order.pk}/").content.decode()
    assert lead.post(f"{PAGES}{order.pk}/special-price/").status_code == 303
    assert signed_in(people.rep_a).post(f"{PAGES}{order.pk}/placement/").status_code == 303
    order.refresh_from_db()
    assert order.is_placed
    dispatch_all()
    assert Notice.objects.filter(user=people.rep_a).count() == 1


def test_a_declined_price_is_told_to_the_owner_and_on_the_page_with_the_reason(people, make_company, mes, signed_in, at):
    at("2026-11-20 10:00")
    browser = signed_in(people.rep_a)
    browser.post(f"{PAGES}new/", typed(make_company(), (mes, "1", "70.00", "")))
    order = Order.objects.get()
    url = f"{PAGES}{order.pk}/"
    assert browser.post(f"{url}special-price/refusal/", {"reason": "x"}).status_code == 403
    assert "special-price/refusal/" not in browser.get(url).content.decode()
    lead = signed_in(people.lead_east)
    assert 'action="special-price/refusal/"' in lead.get(url).content.decode()
    assert lead.post(f"{url}special-price/refusal/", {"reason": ""}).status_code == 422
    assert lead.post(f"{url}special-price/refusal/", {"reason": "毛利不够"}).url == url
    assert 'action="special-price/refusal/"' not in lead.get(url).content.decode()
    dispatch_all()
    told = Notice.objects.get(user=people.rep_a)
    with translation.override("zh-hans"):
        words = words_of(told)[0]
    assert (told.url, words) == (url, f"{order.number} 的特价未同意：毛利不够")
    page = signed_in(people.rep_a).get(url).content.decode()
    for words in (f"{people.lead_east.name} 没有同意特价", "毛利不够（11-20）", "特价未同意"):
        assert words in page


def test_the_api_declines_a_price_with_its_reason(people, make_company, mes, signed_in):
    order = services.create({"company": make_company()}, [{"product": mes, "unit_price": "70.00"}], by=people.rep_a)
    services.agree_special_price(order, by=people.lead_east)
    url = f"{API}{order.pk}/special-price/refusal/"
    assert signed_in(people.rep_a).post(url, {"reason": "x"}, content_type="application/json").status_code == 403
    lead = signed_in(people.lead_east)
    assert lead.post(url, {}, content_type="application/json").status_code == 422
    assert lead.post(url, {"reason": "毛利不够"}, content_type="application/json").json()["special_price_agreed_by"] is None


def test_a_lead_of_another_region_may_not_agree(people, make_company, mes, signed_in):
    signed_in(people.rep_a).post(f"{PAGES}new/", typed(make_company(), (mes, "1", "70.00", "")))
    assert signed_in(people.lead_south).post(f"{PAGES}{Order.objects.get().pk}/special-price/").status_code == 404


def test_a_placed_order_is_cancelled_with_a_reason_and_changed_no_more(people, make_order, signed_in):
    order, browser = make_order(placed=True), signed_in(people.rep_a)
    assert browser.get(f"{PAGES}{order.pk}/edit/").status_code == 409
    assert browser.post(f"{PAGES}{order.pk}/edit/", {"notes": "晚了", "currency": "CNY", "lines": "0"}).status_code == 409
    assert browser.post(f"{PAGES}{order.pk}/cancellation/", {"reason": ""}).status_code == 422
    assert browser.post(f"{PAGES}{order.pk}/cancellation/", {"reason": "客户撤单"}).status_code == 303
    assert "客户撤单" in browser.get(f"{PAGES}{order.pk}/").content.decode()


def test_a_draft_is_changed_and_a_lost_update_noticed(people, make_order, mes, signed_in):
    order, browser = make_order("100.00"), signed_in(people.rep_a)
    form = {k: v for k, v in typed(order.company, (mes, "2", "100.00", "")).items() if k != "company"}
    assert browser.post(f"{PAGES}{order.pk}/edit/", form | {"version": order.version}).status_code == 303
    order.refresh_from_db()
    assert order.amount == Decimal("200.00")
    stale = browser.post(f"{PAGES}{order.pk}/edit/", form | {"version": order.version - 1, "notes": "我的"})
    assert stale.status_code == 409


def test_a_partner_reads_his_orders_without_a_price(people, make_company, mes, signed_in):
    company = make_company(by=people.partner)
    order = services.create({"company": company}, [{"product": mes, "unit_price": "98765.00"}], by=people.admin, owner=people.partner)
    services.place(order, by=people.admin)
    browser = signed_in(people.partner)
    for url in (PAGES, f"{PAGES}{order.pk}/", f"{PAGES}{order.pk}/panels/", f"{API}{order.pk}/", API):
        answer = browser.get(url)
        assert answer.status_code == 200, url
        assert "98765" not in answer.content.decode().replace(",", ""), url
    assert browser.get(f"{API}{order.pk}/").json()["lines"][0]["unit_price"] == "***"


def test_orders_over_the_api_with_their_lines(people, make_company, mes, signed_in):
    browser = signed_in(people.rep_a)
    body = {"company": make_company().pk, "lines": [{"product": mes.pk, "quantity": "2", "discount": "10"}]}
    made = browser.post(API, body, content_type="application/json", headers={"Idempotency-Key": "o"})
    assert made.status_code == 201
    assert (made.json()["amount"], made.json()["lines"][0]["amount"]) == ("180.00", "180.00")
    assert browser.post(API, body, content_type="application/json", headers={"Idempotency-Key": "o"}).json()["id"] == made.json()["id"]
    url = f"{API}{made.json()['id']}/"
    changed = browser.patch(url, {"lines": [{"product": mes.pk, "quantity": "1"}]}, content_type="application/json")
    assert changed.json()["amount"] == "100.00"
    placed = browser.post(f"{url}placement/", {}, content_type="application/json").json()
    assert placed["state"] == "placed"
    cancelled = browser.post(f"{url}cancellation/", {"reason": "撤单"}, content_type="application/json").json()
    assert (cancelled["state"], cancelled["cancel_reason"]) == ("cancelled", "撤单")


def test_the_api_names_the_line_that_is_wrong(people, make_company, mes, signed_in):
    browser, company = signed_in(people.rep_a), make_company()
    lines = [{"product": mes.pk}, {"product": mes.pk, "quantity": "0"}]
    answer = browser.post(API, {"company": company.pk, "lines": lines}, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["field"] == "lines.1.quantity"
    unknown = browser.post(API, {"company": company.pk, "lines": [{"product": mes.pk, "amount": "1"}]}, content_type="application/json")
    assert unknown.status_code == 422
