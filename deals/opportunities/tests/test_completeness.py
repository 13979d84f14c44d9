"""How complete an opportunity is, and what it says is missing (PRODUCT A13.3)."""

from decimal import Decimal

import pytest

from customers.companies import services as companies
from customers.companies import weights
from deals.opportunities import completeness, services

pytestmark = pytest.mark.django_db


@pytest.fixture
def opportunity(people):
    """An opportunity of which only name, company and budget are known."""
    company = companies.create({"name": "苏州恒立达精密机械有限公司"}, by=people.rep_a)
    return services.create({"name": "MES 二期", "company": company, "amount": Decimal(620000)}, by=people.rep_a)


def test_need_key_contact_size_budget_and_path_make_up_the_score(opportunity, people):
    assert completeness.score(opportunity) == 20
    assert completeness.explained(opportunity) == [("need", 25), ("contact", 20), ("decision_path", 15), ("size", 10), ("expected_close", 10)]
    companies.update(opportunity.company, {"size": "s100"}, by=people.rep_a)
    opportunity = services.update(opportunity, {"need": "打通采集与报表", "decision_path": " "}, by=people.rep_a)
    assert completeness.score(opportunity) == 55


def test_the_weights_are_the_administrators(opportunity):
    weights.Weight.objects.filter(noun="opportunities").exclude(field__in=("need", "amount")).update(points=0)
    weights.forget()
    assert completeness.score(opportunity) == 44  # 20 of 45
    weights.forget()


def test_the_page_says_what_each_gap_costs_and_where_to_fill_it(opportunity, people, signed_in):
    browser = signed_in(people.rep_a)
    browser.cookies["km_language"] = "en"
    page = browser.get(f"/deals/opportunities/{opportunity.pk}/").content.decode()
    assert '<a href="edit/#id_need">need</a> +25' in page
    assert f'<a href="/customers/companies/{opportunity.company_id}/edit/#id_size">company size</a> +10' in page
    assert "Data 20%" in page
