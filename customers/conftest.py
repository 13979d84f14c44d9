"""What the tests of this floor share."""

from types import SimpleNamespace

import pytest

from customers.companies import options
from customers.companies import services as companies
from customers.contacts import rules
from customers.contacts import services as contacts


@pytest.fixture(autouse=True)
def fresh_lists():
    """Lists and rules are kept for seconds; a test sees its own."""
    options.forget()
    rules.forget()
    yield
    options.forget()
    rules.forget()


@pytest.fixture
def make_company(people):
    """`make_company("恒立达", by=people.rep_c, region="3205")`."""

    def make(name="苏州恒立达精密机械有限公司", *, by=None, **values):
        return companies.create({"name": name} | values, by=by or people.rep_a)

    return make


@pytest.fixture
def make_contact(people):
    """`make_contact(company, "周建明", mobile="138 1234 7788")`."""

    def make(company, name="周建明", *, by=None, **values):
        given = {"name": name, "company": company, "position": "设备部经理", "mobile": "138 1234 7788"}
        return contacts.create(given | values, by=by or people.rep_a, even_if_known=True)

    return make


@pytest.fixture
def acme(make_company, make_contact):
    """A company of rep_a with one person."""
    company = make_company()
    return SimpleNamespace(company=company, contact=make_contact(company))
