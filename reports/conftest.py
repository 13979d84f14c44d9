"""A firm's random history, for whatever must hold after any of them."""

from types import SimpleNamespace

import pytest

from reports.kept.tests.happenings import Happenings


@pytest.fixture
def history(people, at, make_company, make_deal, make_contract, make_order):
    """`history(seed, steps)`: random verbs by random people, half a day apart."""
    make = SimpleNamespace(company=make_company, deal=make_deal, contract=make_contract, order=make_order)

    def run(seed, steps):
        happenings, moment = Happenings(seed, people, make), at("2026-03-02 09:00")
        for _step in range(steps):
            moment = at(moment + happenings.hours())
            happenings.one()

    return run
