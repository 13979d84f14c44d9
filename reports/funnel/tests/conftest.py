"""A small history that was worked out by hand: who came in when, and how far."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from crm.activity.dispatch import dispatch_all
from deals.contracts import services as contracts
from deals.orders import services as orders
from deals.payments import services as payments

# name, owner, customer to be on, opportunity on, contract on, money on; each opportunity is over 100, contract 90, payment 60.
TWELVE = """
a1 rep_a 2026-04-02 2026-04-12 2026-05-12 2026-06-11
a2 rep_a 2026-04-10 2026-05-10 2026-06-09 2026-08-28
a3 rep_b 2026-05-05 2026-05-11 2026-09-01 -
a4 rep_c 2026-06-20 2026-07-10 -          -
a5 rep_c 2026-06-28 -          -          -
b1 rep_a 2026-07-01 2026-07-05 2026-07-25 2026-08-04
b2 rep_a 2026-07-15 2026-08-04 -          -
b3 rep_b 2026-07-31 2026-08-10 2026-11-08 -
b4 rep_c 2026-08-12 2026-08-14 -          -
b5 rep_c 2026-09-03 2026-09-23 -          -
b6 rep_c 2026-09-30 -          -          -
c1 rep_c 2026-10-08 2026-11-02 2026-11-12 2026-11-17
"""


@pytest.fixture
def twelve(people, at, make_company, make_deal, make_contract, make_product):
    """Twelve customers of three people in two teams; afterwards it is 18 November 2026, and the summaries are there."""
    rows = [line.split() for line in TWELVE.strip().splitlines()]
    companies, happened = {}, []
    for name, owner, *days in rows:
        happened += [(date.fromisoformat(day), step, name, getattr(people, owner)) for step, day in enumerate(days) if day != "-"]
    deals: dict = {}
    for day, step, name, who in sorted(happened, key=lambda one: one[:3]):
        at(f"{day} 10:00")
        if step == 0:
            companies[name] = make_company(f"{name} 有限公司", by=who)
        elif step == 1:
            deals[name] = make_deal(companies[name], by=who, amount=Decimal(100))
        elif step == 2:
            contract = make_contract(opportunity=deals[name], by=who, amount=Decimal(90))
            contract = contracts.sign(contract, signed_on=day, by=who)
            order = orders.create({"contract": contract}, [{"product": make_product(list_price="90.00")}], by=who)
            deals[name] = orders.place(order, by=who)
        else:
            payments.receive(deals[name], {"amount": Decimal(60), "received_on": day}, by=people.admin)
    at("2026-11-18 15:00")
    dispatch_all()
    return SimpleNamespace(**companies)
