"""What the verbs of contacts do and refuse."""

import pytest

from customers.companies import services as companies
from customers.contacts import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme(people):
    return companies.create({"name": "苏州恒立达精密机械有限公司"}, by=people.rep_a)


def person(company, **more):
    return {"name": "周建明", "company": company, "position": "设备部经理", "mobile": "138 1234 7788"} | more


def test_a_new_contact_carries_its_owner_and_those_of_its_company(people, acme):
    contact = services.create(person(acme), by=people.rep_a)
    assert (contact.owner, contact.team, contact.co_owner, contact.co_team) == (people.rep_a, people.east_1, people.rep_a, people.east_1)
    assert [(p.kind, p.value, p.digits, p.is_primary) for p in contact.points.all()] == [("mobile", "+8613812347788", "13812347788", True)]
