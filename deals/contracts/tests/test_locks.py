"""Verbs lock from the child up to its company, so that two of them never wait for each other."""

import threading

import pytest
from django.db import connection, transaction

from crm.activity.spine import lock
from crm.core import clock
from customers.companies import services as companies
from deals.contracts import services
from deals.opportunities import services as opportunities

BLOCKED = "SELECT pg_stat_clear_snapshot(), EXISTS (SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)))"


@pytest.fixture
def collide(run_together):
    """`collide(row, first, second)`: `second` starts while `row` is held, and `first` goes on once `second` waits for it."""

    def run(row, first, second):
        held = threading.Event()

        def hold():
            with transaction.atomic(), connection.cursor() as cursor:
                lock(row)
                held.set()
                for _try in range(500):
                    cursor.execute(BLOCKED)
                    if cursor.fetchone()[1]:
                        break
                    threading.Event().wait(0.01)
                else:
                    raise AssertionError("the second verb never came to the row that the first one holds")
                return first()

        def follow():
            held.wait(60)
            return second()

        return run_together(lambda number: follow() if number else hold(), 2)

    return run


def test_a_contract_is_signed_while_its_opportunity_moves_and_tells_the_company(committed, people, make_deal, collide):
    opportunity = make_deal()
    contract = services.create({"opportunity": opportunity}, by=people.rep_a)
    found = collide(
        opportunity,
        lambda: companies.update(opportunity.company, {"industry": "machinery"}, by=people.rep_a),
        lambda: services.sign(contract, signed_on=clock.today(), by=people.rep_a),
    )
    assert [one for one in found if isinstance(one, Exception)] == []
    contract.refresh_from_db()
    opportunity.refresh_from_db()
    assert (contract.state, opportunity.state) == ("signed", "pending_order")


@pytest.mark.parametrize("child", ["opportunity", "contract"])
def test_a_company_is_handed_over_while_something_under_it_changes(committed, people, make_deal, collide, child):
    opportunity = make_deal()
    contract = services.create({"opportunity": opportunity}, by=people.rep_a)
    first = {
        "contract": lambda: services.sign(contract, signed_on=clock.today(), by=people.rep_a),
        "opportunity": lambda: (
            opportunities.move(opportunity, opportunity.stage, by=people.rep_a)
            and companies.update(opportunity.company, {"industry": "machinery"}, by=people.rep_a)
        ),
    }[child]
    row = {"contract": contract, "opportunity": opportunity}[child]
    found = collide(row, first, lambda: companies.assign([opportunity.company], to=people.rep_c, by=people.manager))
    assert [one for one in found if isinstance(one, Exception)] == []
    contract.refresh_from_db()
    assert contract.co_owner == people.rep_c
