"""One rule for duplicates on every path into the house (PRODUCT X1, A4.2, A4.3): page, API, import, bulk, conversion."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from rest_framework.test import APIClient

from crm.core.errors import Refusal, conflict_of
from customers.companies import services as companies
from customers.companies.cleaning import clean as clean_company
from customers.companies.models import Company
from customers.contacts import services as contacts
from customers.contacts.cleaning import clean as clean_contact
from customers.contacts.models import Contact
from customers.matching import ruleset
from customers.matching.models import MatchRule
from deals.leads import services as leads
from deals.leads.conversion import convert

pytestmark = pytest.mark.django_db
CODE = "91320594MA1X7Q8R4A"
OTHER_CODE = "91320594MA1X7K3L0Q"
NAME, ALIKE = "苏州恒立达精密机械有限公司", "恒立达精密机械（苏州）股份有限公司"
WAYS_IN = ["page", "api", "import", "bulk", "conversion"]


@pytest.fixture
def house(people, sheet, take_in, report, signed_in):
    """One company, one person, another company; and a manager with a browser, a program and a way to import."""
    ruleset.forget()
    manager = people.manager
    company = companies.create({"name": NAME, "credit_code": CODE}, by=manager)
    contacts.create({"name": "沈国栋", "company": company, "position": "经理", "mobile": "13812347788"}, by=manager)
    elsewhere = companies.create({"name": "宁波海澜仓储物流有限公司"}, by=manager)
    api = APIClient()
    api.force_authenticate(manager)

    def page(url, values):
        answer = signed_in(manager).post(url, values)
        return "" if answer.status_code == 303 else answer.context["refusal"].code

    def program(url, values):
        answer = api.post(url, values, format="json")
        return "" if answer.status_code == 201 else answer.json()["code"]

    def imported(kind, head, row):
        run = take_in(kind, sheet("rows.csv", head, row), by=manager)
        notes = [line["code"] for line in report(run)["warnings"] if line["code"] != "check_character"]
        return notes[0] if run.duplicates else ("taken:" + notes[0] if notes else "")

    return SimpleNamespace(by=manager, elsewhere=elsewhere, page=page, program=program, imported=imported)


@pytest.fixture
def add_company(house):
    """`add_company("page", {"name": …}, even_if_known=True)`: the code of the refusal, "" when it was taken."""

    def convert_to(values, **sure):
        lead = leads.create({"name": "嘉兴南湖精工", "person": "李娜", "mobile": "13700001111", "position": "经理"}, by=house.by, even_if_known=True)
        return refusal_of(lambda: convert(lead, by=house.by, company=values, code_reason="没有代码", **sure))

    ways = {
        "page": lambda values, **sure: house.page("/customers/companies/new/", values | dict.fromkeys(sure, "1")),
        "api": lambda values, **sure: house.program("/api/v1/companies/", values | sure),
        "import": lambda values, **_: house.imported("companies", ["公司名称", "统一社会信用代码"], [values["name"], values.get("credit_code", "")]),
        "bulk": lambda values, **_: refusal_of(lambda: companies.create_many([clean_company(values)], by=house.by)),
        "conversion": convert_to,
    }
    return lambda way, values, **sure: ways[way](values, **sure)


@pytest.fixture
def add_person(house):
    """The same for a person at the other company."""
    place = {"company": house.elsewhere, "position": "经理"}
    by_id = place | {"company": house.elsewhere.pk}

    def convert_to(values, **sure):
        lead = leads.create({"name": "嘉兴南湖精工", "person": values["name"], "mobile": values["mobile"], "position": "经理"}, by=house.by, even_if_known=True)
        return refusal_of(lambda: convert(lead, by=house.by, company=house.elsewhere, code_reason="没有代码", **sure))

    ways = {
        "page": lambda values, **sure: house.page("/customers/contacts/new/", values | by_id | dict.fromkeys(sure, "1")),
        "api": lambda values, **sure: house.program("/api/v1/contacts/", values | by_id | sure),
        "import": lambda values, **_: house.imported(
            "contacts", ["姓名", "公司", "职位", "手机"], [values["name"], house.elsewhere.name, "经理", values["mobile"]]
        ),
        "bulk": lambda values, **_: refusal_of(lambda: contacts.create_many([clean_contact(values | place)], by=house.by)),
        "conversion": convert_to,
    }
    return lambda way, values, **sure: ways[way](values, **sure)


def refusal_of(act):
    try:
        with transaction.atomic():
            act()
    except Refusal as refused:
        return refused.code
    except IntegrityError as error:
        return conflict_of(error).code
    return ""


@pytest.mark.parametrize("way", WAYS_IN)
def test_one_credit_code_is_one_company_whichever_way_it_comes(add_company, way):
    told = add_company(way, {"name": "南湖精工传动有限公司", "credit_code": CODE}, even_if_known=True)
    # A conversion joins the company that has the code; all others are refused, whatever they compared.
    assert told == ("" if way == "conversion" else "duplicate")
    assert Company.objects.filter(credit_code=CODE).count() == 1


@pytest.mark.parametrize("way", WAYS_IN)
def test_one_mobile_number_is_one_person_whichever_way_he_comes(add_person, way):
    assert add_person(way, {"name": "李娜", "mobile": "138-1234-7788"}, even_if_known=True) == "duplicate"
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("way", WAYS_IN)
def test_a_name_that_is_alike_is_asked_about_where_there_is_somebody_to_ask(add_company, way):
    told = add_company(way, {"name": ALIKE})
    # A sheet has nobody to ask: the row is taken and noted. What is added in bulk was compared before.
    assert told == {"import": "taken:possible_duplicate", "bulk": ""}.get(way, "possible_duplicate")
    if told == "possible_duplicate":
        assert not Company.objects.filter(name=ALIKE).exists()
        assert add_company(way, {"name": ALIKE}, even_if_known=True) == ""
    assert Company.objects.filter(name=ALIKE).count() == 1


@pytest.mark.parametrize("way", WAYS_IN)
def test_what_the_administrator_decides_holds_on_every_path_at_once(add_company, way):
    for rule in MatchRule.objects.filter(noun="companies", action="warn"):
        rule.action = "block"
        rule.save()
    ruleset.forget()
    assert add_company(way, {"name": ALIKE}, even_if_known=True) == "duplicate"
    MatchRule.objects.filter(noun="companies").update(is_active=False)
    ruleset.forget()
    assert add_company(way, {"name": ALIKE}) == ""
    assert Company.objects.filter(name=ALIKE).count() == 1


@pytest.mark.parametrize("way", WAYS_IN)
def test_without_any_rule_the_database_still_holds_one_credit_code(add_company, way):
    MatchRule.objects.update(is_active=False)
    ruleset.forget()
    add_company(way, {"name": "南湖精工传动有限公司", "credit_code": CODE})
    assert Company.objects.filter(credit_code=CODE).count() == 1


@pytest.mark.parametrize("way", WAYS_IN)
def test_another_company_with_the_same_brand_is_nobodys_duplicate(add_company, way):
    assert add_company(way, {"name": "苏州鼎新精密机械有限公司", "credit_code": OTHER_CODE}) == ""
