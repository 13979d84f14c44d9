"""Sales and purchases: the figures by hand, the seed's tables exactly, and every figure opens its list."""

import json
from datetime import date
from decimal import Decimal
from html import unescape

import plotly.graph_objects as go
import pytest

from crm.activity.dispatch import dispatch_all
from customers.companies import services as companies
from deals.orders import services as orders
from deals.payments import services as payments
from reports.sales import charts, purchases, results
from reports.slices.periods import Period
from reports.slices.slices import Slice

YEAR = Period.read("2026")


@pytest.fixture
def sold(people, at, make_order, make_product):
    """March: rep_a sells for 100 and gets 60; April: rep_c sells for 200 and gets 200, gives 50 back in May."""
    found = {}
    for name, who, day, amount, paid in (("one", people.rep_a, "2026-03-31", 100, 60), ("two", people.rep_c, "2026-04-01", 200, 200)):
        at(f"{day} 23:30")
        found[name] = make_order(str(amount), by=who, placed=True)
        found[f"{name}_paid"] = payments.receive(found[name], {"amount": Decimal(paid), "received_on": date.fromisoformat(day)}, by=people.admin)
    at("2026-05-02 09:00")
    payments.refund(found["two_paid"], 50, reason="退货", by=people.admin)
    draft = make_order("999.00", by=people.rep_a)
    cancelled = make_order("77.00", by=people.rep_a, placed=True)
    orders.cancel(cancelled, reason="不要了", by=people.admin)
    at("2026-11-18 15:00")
    dispatch_all()
    return found | {"draft": draft}


def found(person, by, period=YEAR, **part):
    return {line.name: (line.received, line.payments, line.ordered, line.orders) for line in results.results(Slice.asked(person, **part), period, by)}


def test_by_month_every_month_is_there_and_days_are_those_of_the_company(sold, people):
    lines = found(people.admin, results.MONTH)
    assert len(lines) == 12
    assert lines["3 月"] == (60, 1, 100, 1)
    assert lines["4 月"] == (200, 1, 200, 1)
    assert lines["5 月"] == (-50, 1, 0, 0)
    assert lines["6 月"] == (0, 0, 0, 0)


def test_by_person_and_by_team(sold, people):
    assert found(people.admin, results.PERSON) == {"何佳": (150, 2, 200, 1), "林小雨": (60, 1, 100, 1)}
    assert found(people.admin, results.TEAM) == {"华东二组": (150, 2, 200, 1), "华东一组": (60, 1, 100, 1)}
    assert found(people.lead_east, results.PERSON, owner=people.rep_a.pk) == {"林小雨": (60, 1, 100, 1)}
    assert found(people.rep_a, results.PERSON) == {"林小雨": (60, 1, 100, 1)}
    assert found(people.lead_south, results.PERSON) == {}
    assert found(people.admin, results.PERSON, Period.read("2026-05")) == {"何佳": (-50, 1, 0, 0)}


def test_by_product_what_was_ordered(sold, people):
    lines = results.results(Slice.asked(people.admin), YEAR, results.PRODUCT)
    assert [(line.ordered, line.orders, line.quantity) for line in lines] == [(200, 1, 1), (100, 1, 1)]


def test_the_total_is_the_same_however_it_is_cut(sold, people):
    for by in (results.MONTH, results.PERSON, results.TEAM, results.PRODUCT):
        _lines, total = results.results_and_total(Slice.asked(people.admin), YEAR, by)
        assert (total.received, total.payments, total.ordered, total.orders) == (210, 3, 300, 2)


@pytest.mark.parametrize("by", ["month", "person", "team", "product"])
@pytest.mark.parametrize("who", ["admin", "lead_east", "rep_c"])
def test_every_count_opens_its_list(sold, people, signed_in, by, who):
    client = signed_in(getattr(people, who))
    shown = client.get("/reports/sales/", {"by": by, "period": "2026"}).context
    for one in [*shown["lines"], shown["total"]]:
        if by != "product":
            assert client.get(unescape(one["payments"])).context["result"].count == one["line"].payments
        assert client.get(unescape(one["orders"])).context["result"].count == one["line"].orders


def test_the_chart_is_a_figure_that_plotly_takes(sold, people):
    for by in (results.MONTH, results.TEAM, results.PRODUCT):
        lines = results.results(Slice.asked(people.admin), YEAR, by)
        go.Figure(json.loads(json.dumps(charts.results(lines, by, ["/x/"] * len(lines)))))


def test_the_api_has_the_figures_of_the_page(sold, people, signed_in):
    answer = signed_in(people.admin).get("/api/v1/reports/sales/", {"by": "team", "period": "2026"}).json()
    assert [(line["name"], line["received"], line["orders"]) for line in answer["lines"]] == [("华东二组", "150.00", 1), ("华东一组", "60.00", 1)]
    assert answer["total"]["ordered"] == "300.00"


def test_who_may_not_read_amounts_gets_no_sum_of_them(sold, people, signed_in):
    people.lead_east.role.fields = {"payments.amount": "mask"}
    people.lead_east.role.save()
    client = signed_in(people.lead_east)
    text = client.get("/reports/sales/", {"period": "2026"}).content.decode()
    assert "210.00" not in text
    assert client.get("/api/v1/reports/sales/", {"period": "2026"}).json()["total"]["received"] is None


@pytest.fixture
def buy(people, make_product):
    """`buy("A001", "产品X", 2, 5000, "电子设备")`: the customer of that number orders so many for so much."""
    known: dict = {}

    def order(number, product, quantity, amount, category):
        if number not in known:
            known[number] = companies.create({"name": f"{number} 有限公司", "external_id": number}, by=people.rep_a)
        if product not in known:
            known[product] = make_product(product, category=category, list_price=str(Decimal(amount) / quantity))
        line = {"product": known[product], "quantity": quantity}
        return orders.place(orders.create({"company": known[number]}, [line], by=people.rep_a), by=people.rep_a)

    return order


def test_the_seed_table_of_purchases_comes_out_exactly(people, at, buy, signed_in):
    at("2026-11-05 10:00")
    buy("A001", "产品X", 2, 5000, "电子设备")
    buy("A002", "产品Y", 1, 3000, "家居用品")
    rows = purchases.bought(Slice.asked(people.admin), Period.read("2026-11"))
    assert [(row.customer.external_id, row.product, row.quantity, row.amount) for row in rows] == [("A001", "产品X", 2, 5000), ("A002", "产品Y", 1, 3000)]
    text = signed_in(people.admin).get("/reports/purchases/", {"period": "2026-11"}).content.decode()
    for figure in ("A001", "产品X", "5,000.00", "A002", "产品Y", "3,000.00"):
        assert figure in text


def test_the_seed_table_of_habits_comes_out_exactly(people, at, buy, signed_in):
    at("2026-11-05 10:00")
    buy("A001", "耳机", 1, 500, "电子设备")
    buy("A001", "键盘", 1, 300, "电子设备")
    buy("A001", "茶杯", 9, 9000, "家居用品")
    buy("A002", "台灯", 1, 200, "家居用品")
    buy("A002", "台灯", 2, 400, "家居用品")
    rows = purchases.habits(Slice.asked(people.admin), Period.read("2026-11"))
    assert [(row.customer.external_id, row.monthly, row.category) for row in rows] == [("A001", 3, "电子设备"), ("A002", 2, "家居用品")]
    quarter = purchases.habits(Slice.asked(people.admin), Period.read("2026-Q4"))
    assert [str(row.monthly) for row in quarter] == ["1", "0.7"]
    client = signed_in(people.admin)
    for one in client.get("/reports/purchases/", {"period": "2026-11"}).context["habits"]:
        assert client.get(one.url).context["result"].count == one.orders
