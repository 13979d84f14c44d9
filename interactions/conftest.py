"""What the tests of interactions start from: a company and a person there."""

import pytest

from customers.companies import services as companies
from customers.contacts import services as contacts


@pytest.fixture
def company(people):
    """A company of rep_a."""
    return companies.create({"name": "苏州恒立达精密机械有限公司"}, by=people.rep_a)


@pytest.fixture
def contact(people, company):
    """A person at that company."""
    return contacts.create({"name": "沈国栋", "company": company, "position": "设备部经理", "mobile": "13812347788"}, by=people.rep_a)
