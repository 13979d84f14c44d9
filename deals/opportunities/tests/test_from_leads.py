"""What the conversion of a lead does with opportunities, and what holds it fast."""

import pytest

from crm.core.errors import WrongState
from deals.leads.conversion import convert, unconvert
from deals.opportunities import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def converted(people, make_lead, make_company):
    """A lead that became an opportunity of a customer we had."""
    company = make_company(credit_code="91320594MA1X7Q8R4A")
    return convert(make_lead("南湖精工", need="联网", source="website"), by=people.rep_a, company=company, opportunity={"amount": "580000"})


def test_it_takes_over_need_and_source_and_its_name_from_the_company(converted):
    opportunity = converted.opportunities.get()
    assert (opportunity.name, opportunity.need, opportunity.source) == (converted.company.name, "联网", "website")
    assert opportunity.owner == converted.owner


@pytest.mark.parametrize("verb", [services.mark_pending_order, services.win])
def test_a_conversion_is_not_taken_back_once_the_sale_waits_for_its_order_or_is_won(people, converted, verb):
    verb(converted.opportunities.get(), by=people.rep_a)
    with pytest.raises(WrongState) as refusal:
        unconvert(converted, by=people.rep_a)
    assert refusal.value.code == "conversion_in_use"
    converted.refresh_from_db()
    assert converted.is_converted


def test_a_lost_sale_does_not_hold_it(people, converted):
    services.void(converted.opportunities.get(), reason="看错了", by=people.rep_a)
    assert not unconvert(converted, by=people.rep_a).is_converted
