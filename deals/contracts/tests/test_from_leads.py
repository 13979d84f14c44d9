"""A conversion cannot be taken back once there is a contract (PRODUCT A5.3)."""

import pytest

from crm.core.errors import WrongState
from deals.contracts import services
from deals.leads.conversion import convert, unconvert

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("through", ["opportunity", "company"])
def test_a_contract_holds_the_conversion_and_a_deleted_draft_does_not(people, make_lead, make_company, through):
    company = make_company(credit_code="91320594MA1X7Q8R4A")
    lead = convert(make_lead("南湖精工"), by=people.rep_a, company=company, opportunity={"amount": "580000"})
    about = {"opportunity": lead.opportunities.get()} if through == "opportunity" else {"company": company, "name": "合同", "amount": "1"}
    draft = services.create(about, by=people.rep_a)
    with pytest.raises(WrongState) as refusal:
        unconvert(lead, by=people.rep_a)
    assert refusal.value.code == "conversion_in_use"
    services.delete(draft, by=people.rep_a)
    assert not unconvert(lead, by=people.rep_a).is_converted
