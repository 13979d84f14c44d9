"""Many hands on one lead at the same moment, with real transactions (LIMITS R1, R2)."""

import pytest

from crm.activity.models import Activity, OwnershipChange
from crm.core.errors import Conflict
from deals.leads import pools
from deals.leads.models import Lead


@pytest.fixture
def members(committed, make_user, pool):
    """Fifty members of the pool."""
    found = [make_user("rep") for _number in range(50)]
    pool.members.set(found)
    return found


def test_of_fifty_who_claim_one_lead_one_gets_it_and_the_others_read_who(members, make_lead, pool, people, run_together):
    lead = make_lead(pool=pool, by=people.marketing)
    answers = run_together(lambda number: pools.claim(lead, by=members[number]), 50)
    winners = [answer for answer in answers if isinstance(answer, Lead)]
    refused = [answer for answer in answers if isinstance(answer, Conflict)]
    assert (len(winners), len(refused)) == (1, 49)
    lead.refresh_from_db()
    assert {answer.code for answer in refused} == {"already_claimed"}
    assert all(lead.owner.name in str(answer) for answer in refused)
    assert Activity.objects.filter(verb="leads.claimed").count() == 1
    assert OwnershipChange.objects.filter(cause="claimed").count() == 1


def test_each_of_fifty_leads_goes_to_one_person_when_two_go_through_them_in_opposite_order(members, make_lead, pool, people, run_together):
    leads = [make_lead(pool=pool, by=people.marketing) for _number in range(10)]

    def go_through(number):
        taken = 0
        for lead in leads if number % 2 else reversed(leads):
            try:
                pools.claim(lead, by=members[number])
                taken += 1
            except Conflict:
                continue
        return taken

    assert sum(run_together(go_through, 6)) == 10
    assert OwnershipChange.objects.filter(cause="claimed").count() == 10
