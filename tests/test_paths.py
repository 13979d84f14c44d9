"""One rule, one answer: whichever way a person or a program takes, the same is refused and nothing has changed."""

import csv
import json

import pytest
from django.core.management import call_command

from crm.accounts.models import Pool
from customers.companies import services as companies
from customers.companies.models import Company
from deals.leads import pools
from deals.opportunities.models import Stage

pytestmark = pytest.mark.django_db
CODE = "91320594MA1MUL5P3N"
# Ways that have no page yet are added here; each takes (client, what the rule is tried on) and answers whether it was refused.


def page(url, **values):
    """A form of a page."""

    def go(client, record, **_given):
        answer = client.post(url.format(pk=getattr(record, "pk", 0)), values)
        return answer.status_code, answer.content.decode()

    return go


def board(url, **values):
    """A card put into another lane: refused by leading to the form of what is missing, or with the sentence."""

    def go(client, record, **_given):
        answer = client.post(url.format(pk=record.pk), values, headers={"hx-request": "true"})
        return 422 if answer.status_code == 204 and "HX-Redirect" in answer.headers else answer.status_code, answer.content.decode()

    return go


def api(url, **values):
    """The same over the API."""

    def go(client, record, **_given):
        answer = client.post(url.format(pk=getattr(record, "pk", 0)), values, content_type="application/json")
        return answer.status_code, answer.content.decode()

    return go


def sheet(**values):
    """A row of a sheet, taken in by the import command: refused when the command says that a row was rejected."""

    def go(client, record, *, folder, by):
        path, report = folder / "rows.csv", folder / "report.json"
        with path.open("w", newline="", encoding="utf-8") as file:
            rows = csv.DictWriter(file, values)
            rows.writeheader()
            rows.writerow(values)
        try:
            call_command("import", "companies", str(path), user=by.username, report=str(report))
        except SystemExit as ended:
            return 422 if ended.code == 1 else int(ended.code), report.read_text(encoding="utf-8")
        found = json.loads(report.read_text(encoding="utf-8"))
        return 201 if found["created"] else 409, str(found)

    return go


NEW_COMPANY, COMPANIES = "/customers/companies/new/", "/api/v1/companies/"
OF_A_COMPANY = {
    "a name is needed": (
        {422}, page(NEW_COMPANY, name="", phone="0512-68881234"), api(COMPANIES, name="", phone="0512-68881234"),
        sheet(**{"公司名称": "", "电话": "0512-68881234"}),
    ),
    "a phone number is one": (
        {422}, page(NEW_COMPANY, name="乙公司", phone="123"), api(COMPANIES, name="乙公司", phone="123"), sheet(**{"公司名称": "乙公司", "电话": "123"}),
    ),
    "a credit code is used once": (
        {409, 422}, page(NEW_COMPANY, name="乙公司", credit_code=CODE), api(COMPANIES, name="乙公司", credit_code=CODE),
        sheet(**{"公司名称": "乙公司", "统一社会信用代码": CODE}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", [0, 1, 2], ids=["page", "API", "import"])
@pytest.mark.parametrize("rule", OF_A_COMPANY)
def test_what_a_company_must_be_is_asked_on_every_way(rule, way, people, signed_in, tmp_path):
    companies.create({"name": "甲公司", "credit_code": CODE}, by=people.rep_a)
    wanted, *ways = OF_A_COMPANY[rule]
    given = {"folder": tmp_path, "by": people.rep_a} if way == 2 else {}
    code, text = ways[way](signed_in(people.rep_a), None, **given)
    assert code in wanted, text[:2000]
    assert list(Company.objects.values_list("name", flat=True)) == ["甲公司"]


MOVE = "/deals/opportunities/{pk}/stage/"
MOVES = {"page": page, "board": board, "API": api}
ADDRESS_OF_MOVE = {"page": MOVE, "board": MOVE, "API": "/api/v1/opportunities/{pk}/stage/"}


@pytest.mark.parametrize("way", MOVES)
def test_a_stage_is_not_left_without_what_it_asks(way, people, signed_in, make_deal):
    deal = make_deal(by=people.rep_a)
    last = Stage.objects.filter(kind=Stage.Kind.OPEN).order_by("-position").first()
    code, text = MOVES[way](ADDRESS_OF_MOVE[way], stage=last.code)(signed_in(people.rep_a), deal)
    assert code == 422, text[:2000]
    assert_unmoved(deal)


@pytest.mark.parametrize("way", MOVES)
def test_only_an_order_wins(way, people, signed_in, make_deal):
    deal = make_deal(by=people.rep_a)
    won = Stage.objects.get(kind=Stage.Kind.WON)
    code, text = MOVES[way](ADDRESS_OF_MOVE[way], stage=won.code)(signed_in(people.rep_a), deal)
    assert code == 409, text[:2000]
    assert_unmoved(deal)


def assert_unmoved(deal):
    """The opportunity as it was."""
    fresh = type(deal)._base_manager.get(pk=deal.pk)
    assert (fresh.stage_id, fresh.version) == (deal.stage_id, deal.version)


CLAIMS = {"page": page("/deals/leads/{pk}/claim/"), "API": api("/api/v1/leads/{pk}/claim/")}


@pytest.mark.parametrize("way", CLAIMS)
def test_a_lead_is_claimed_by_the_first(way, world, people, signed_in):
    lead = world["leads"]
    pool = Pool.objects.create(name="华东公海", noun="leads")
    pool.teams.add(people.east)
    pools.return_to_pool([lead], pool=pool, by=people.rep_a)
    first, _text = CLAIMS[way](signed_in(people.rep_b), lead)
    assert first in (200, 303)
    code, text = CLAIMS[way](signed_in(people.telesales), lead)
    assert code == 409
    assert people.rep_b.name in text
    assert type(lead)._base_manager.get(pk=lead.pk).owner == people.rep_b
