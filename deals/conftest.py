"""What the tests of deals start from: a company, leads and opportunities made through the verbs."""

from decimal import Decimal
from itertools import count

import pytest

from crm.accounts.models import Pool
from customers.companies import services as companies
from deals.leads import services as leads
from deals.opportunities import services as opportunities
from deals.opportunities.models import Stage


@pytest.fixture
def make_company(people):
    """`make_company("名称", by=people.rep_a, **values)`."""
    serial = count(1)

    def make(name="", by=None, **values):
        values = {"name": name or f"苏州第 {next(serial)} 精密机械有限公司"} | values
        return companies.create(values, by=by or people.rep_a, even_if_known=True)

    return make


@pytest.fixture
def make_lead(people):
    """`make_lead("名称", by=people.rep_a, pool=None, owner=None, **values)`."""
    serial = count(1)

    def make(name="", by=None, pool=None, owner=None, **values):
        return leads.create({"name": name or f"线索 {next(serial)}"} | values, by=by or people.rep_a, pool=pool, owner=owner, even_if_known=True)

    return make


@pytest.fixture
def pool(people):
    """The pool of East group 1: rep_a, rep_b and telesales are its members."""
    made = Pool.objects.create(name="华东公海", noun="leads")
    made.teams.add(people.east_1)
    return made


@pytest.fixture
def make_opportunity(people, make_company):
    """`make_opportunity("demo", by=people.rep_a, **values)`: an opportunity in a stage, with all that the first stages ask for."""

    def make(stage="need", by=None, company=None, **values):
        by = by or people.rep_a
        company = company or make_company(by=by)
        made = opportunities.create({"name": "MES 二期", "company": company} | values, by=by)
        if stage != "need":
            opportunities.move(made, stage_of(stage), by=people.admin, override_reason="试验的起点")
            made.refresh_from_db()
        return made

    return make


def stage_of(code):
    """The stage of that code."""
    return Stage.objects.get(code=code)


@pytest.fixture
def stage():
    """`stage("demo")`."""
    return stage_of


@pytest.fixture
def ready():
    """Every field that any stage asks for, as a person fills them in."""
    return {
        "need": "三条产线要联网", "demo_note": "11-18 远程演示", "quote_note": "报价单 Q-7", "decision_path": "设备部提，总经理批",
        "test_result": "两周试用通过", "amount": Decimal("620000.00"),
    }  # fmt: skip
