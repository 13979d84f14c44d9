"""One record of every noun, owned by rep_a of East 1: what the generated tests walk around."""

from datetime import timedelta
from decimal import Decimal

import pytest

from crm.backups.models import Backup, Drill
from crm.core import clock
from customers.companies import services as companies
from customers.contacts import services as contacts
from deals.contracts import services as contracts
from deals.leads import services as leads
from deals.opportunities import services as opportunities
from deals.orders import services as orders
from deals.payments import planning
from deals.payments import services as payments
from deals.products import services as products
from feedback.tickets import services as tickets
from interactions.followups import services as followups
from interactions.log import services as log


@pytest.fixture
def world(db, people):
    """The records by noun."""
    rep, today = people.rep_a, clock.today()
    found = {}
    found["companies"] = company = companies.create({"name": "苏州恒立达精密机械有限公司", "industry": "machinery", "phone": "0512-68881234"}, by=rep)
    found["contacts"] = contact = contacts.create({"name": "周建明", "company": company, "position": "设备部经理", "mobile": "13812347788"}, by=rep)
    found["products"] = product = products.create({"code": "P-1", "name": "采集网关", "list_price": Decimal(4800)}, by=people.admin)
    found["leads"] = leads.create({"name": "嘉兴南湖精工传动有限公司", "person": "沈国栋", "mobile": "13912345678"}, by=rep)
    found["opportunities"] = opportunity = opportunities.create(
        {"name": "MES 二期", "company": company, "contact": contact, "amount": Decimal(620000), "expected_close": today + timedelta(days=30)}, by=rep
    )
    found["interactions"] = log.log({"channel": "phone", "key_points": "确认预算", "company": company}, by=rep)
    found["followups"] = followups.plan({"title": "催款", "company": company, "due_at": clock.now() + timedelta(days=1)}, by=rep)
    found["contracts"] = contract = contracts.create({"opportunity": opportunity}, by=rep)
    contract = contracts.sign(contract, signed_on=today, by=rep)
    order = orders.create({"contract": contract}, [{"product": product, "quantity": 2, "unit_price": Decimal(4800)}], by=rep)
    found["orders"] = order = orders.place(order, by=rep)
    found["instalments"] = planning.plan(order, [(today, order.amount)], by=rep)
    found["payments"] = payments.receive(order, {"amount": Decimal(100), "received_on": today}, by=people.finance)
    found["tickets"] = tickets.create({"category": "product", "content": "网关掉线", "company": company}, by=rep, owner=rep)
    found["backups"] = Backup.objects.create(code="20261122-041000-full", kind="full", state="done", actor=people.system, ended_at=clock.now())
    found["drills"] = Drill.objects.create(code="20261122-041000-full", place="local", ok=True, actor=people.system, ended_at=clock.now())
    if isinstance(found["instalments"], list):
        found["instalments"] = found["instalments"][0]
    return found
