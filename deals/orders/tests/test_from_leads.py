"""A conversion cannot be taken back once there is an order (PRODUCT A5.3)."""

import pytest

from crm.core.errors import WrongState
from deals.leads.conversion import convert, unconvert
from deals.orders import services
from deals.products import services as products

pytestmark = pytest.mark.django_db


def test_an_order_holds_the_conversion(people, make_lead, make_company):
    company = make_company(credit_code="91320594MA1X7Q8R4A")
    lead = convert(make_lead("南湖精工"), by=people.rep_a, company=company)
    product = products.create({"name": "MES 标准版", "code": "MES", "list_price": "1000"}, by=people.manager)
    services.create({"company": company}, [{"product": product}], by=people.rep_a)
    with pytest.raises(WrongState) as refusal:
        unconvert(lead, by=people.rep_a)
    assert refusal.value.code == "conversion_in_use"
