"""Customers, products, opportunities, contracts and orders for the tests of every room that deals in them."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest

from crm.core import clock
from customers.companies import services as companies
from deals.contracts import services as contracts
from deals.opportunities import services as opportunities
from deals.orders import services as orders
from deals.products import services as products

_serial = count(1)


@pytest.fixture
def make_company(people) -> Callable:
    """`make_company("华东精工有限公司", by=rep)`: a company, rep_a's unless said otherwise."""

    def make(name="", *, by=None, **values):
        return companies.create({"name": name or f"客户 {next(_serial)} 有限公司", **values}, by=by or people.rep_a)

    return make


@pytest.fixture
def make_product(people) -> Callable:
    """`make_product("MES", list_price="100.00", floor_price="80.00")`."""

    def make(name="", **values):
        number = next(_serial)
        return products.create({"name": name or f"产品 {number}", "code": f"P{number}", **values}, by=people.admin)

    return make


@pytest.fixture
def make_deal(people, make_company) -> Callable:
    """`make_deal(company, by=rep, amount="1000.00")`: an open opportunity in the first stage."""

    def make(company=None, *, by=None, **values):
        usual = {"name": f"商机 {next(_serial)}", "amount": Decimal(1000), "expected_close": clock.today() + timedelta(30)}
        return opportunities.create({**usual, "company": company or make_company(by=by), **values}, by=by or people.rep_a)

    return make


@pytest.fixture
def make_contract(people, make_company) -> Callable:
    """`make_contract(company, signed=True, amount="1000.00")`: a draft, or a contract signed today."""

    def make(company=None, *, by=None, signed=False, **values):
        by = by or people.rep_a
        if company is None and "opportunity" not in values:
            company = make_company(by=by)
        usual = {"name": f"合同 {next(_serial)}", "amount": Decimal(1000), **({"company": company} if company else {})}
        contract = contracts.create({**usual, **values}, by=by)
        return contracts.sign(contract, signed_on=clock.today(), by=by) if signed else contract

    return make


@pytest.fixture
def make_order(people, make_company, make_product) -> Callable:
    """`make_order("1000.00", company=…, placed=True)`: an order of one line at this amount."""

    def make(amount="1000.00", *, by=None, placed=False, **values):
        by = by or people.rep_a
        if not {"company", "contract", "opportunity"} & set(values):
            values["company"] = make_company(by=by)
        order = orders.create(values, [{"product": make_product(list_price=amount)}], by=by)
        return orders.place(order, by=by) if placed else order

    return make
