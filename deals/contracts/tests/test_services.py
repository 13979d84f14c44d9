"""Contracts: drafted from what is known, signed once, and each state in the ledger."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from crm.activity.models import Activity, OwnershipChange, StateChange
from crm.core.errors import Invalid, NotAllowed, WrongState
from customers.companies.models import Step
from deals.contracts import events, services
from deals.contracts.models import Contract
from deals.opportunities import gates
from deals.opportunities import services as opportunities
from deals.opportunities.models import Stage


def states(record):
    """The ledger of one record: pairs of from and to."""
    rows = StateChange.objects.filter(object_id=record.pk, kind__model=record._meta.model_name).order_by("id")
    return list(rows.values_list("from_state", "to_state"))


def test_a_contract_takes_over_what_its_opportunity_knows(people, make_deal, at):
    at("2026-11-20 10:00")
    opportunity = make_deal(name="MES 二期", amount=Decimal("128600.00"))
    contract = services.create({"opportunity": opportunity}, by=people.rep_a)
    assert (contract.number, contract.name, contract.amount) == ("HT-2026-0001", "MES 二期", Decimal("128600.00"))
    assert (contract.company, contract.owner, contract.co_owner) == (opportunity.company, people.rep_a, people.rep_a)
    assert states(contract) == [("", "draft")]
    assert OwnershipChange.objects.get(kind__model="contract").to_owner == people.rep_a


def test_what_is_typed_goes_before_what_is_known(people, make_deal):
    contract = services.create({"opportunity": make_deal(), "amount": "7", "name": "另一个名字"}, by=people.rep_a)
    assert (contract.name, contract.amount) == ("另一个名字", 7)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": "-0.01"}, "amount"),
        ({"amount": ""}, "amount"),
        ({"name": ""}, "name"),
        ({"currency": "XXX"}, "currency"),
        ({"starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 31)}, "ends_on"),
        ({"state": "signed"}, "state"),
    ],
)
def test_what_a_contract_cannot_be_is_refused_by_its_field(people, make_company, values, field):
    with pytest.raises(Invalid) as refused:
        services.create({"name": "合同", "company": make_company(), "amount": "1", **values}, by=people.rep_a)
    assert field in refused.value.errors
    assert not Contract.objects.exists()


def test_an_opportunity_of_another_company_is_refused(people, make_company, make_deal):
    with pytest.raises(Invalid) as refused:
        services.create({"opportunity": make_deal(), "company": make_company()}, by=people.rep_a)
    assert "opportunity" in refused.value.errors


def test_nobody_drafts_a_contract_for_a_company_out_of_reach(people, make_company):
    with pytest.raises(Invalid) as refused:
        services.create({"name": "合同", "amount": "1", "company": make_company(by=people.rep_c)}, by=people.rep_a)
    assert (refused.value.code, refused.value.field) == ("out_of_reach", "company")


def test_a_draft_is_the_gate_out_of_negotiation(people, make_deal):
    negotiation, later = Stage.objects.get(code="negotiation"), Stage.objects.get(code="pending_order")
    opportunity = make_deal()
    opportunity.stage = negotiation
    assert [one.field for one in gates.missing(opportunity, later)] == ["contract"]
    contract = services.create({"opportunity": opportunity}, by=people.rep_a)
    assert gates.missing(opportunity, later) == []
    services.delete(contract, by=people.admin)
    assert [one.field for one in gates.missing(opportunity, later)] == ["contract"]


def test_signing_makes_a_signed_customer_and_leaves_the_order_to_do(people, make_deal, at):
    at("2026-11-20 10:00")
    opportunity = make_deal()
    contract = services.create({"opportunity": opportunity}, by=people.rep_a)
    at("2026-11-24 10:00")
    contract = services.sign(contract, signed_on=date(2026, 11, 23), by=people.rep_a)
    opportunity.refresh_from_db()
    company = contract.company
    company.refresh_from_db()
    assert (contract.state, contract.signed_on) == ("signed", date(2026, 11, 23))
    assert opportunity.state == "pending_order"
    assert company.step == Step.SIGNED
    # The 23rd of November ends in Shanghai at 16:00 UTC.
    assert company.signed_at == datetime(2026, 11, 23, 15, 59, 59, 999999, UTC)
    assert states(contract) == [("", "draft"), ("draft", "signed")]


def test_signing_twice_is_signing_once(people, make_contract):
    contract = make_contract(signed=True)
    services.sign(contract, signed_on=contract.signed_on, by=people.rep_a)
    assert Activity.objects.filter(verb=events.SIGNED).count() == 1


def test_nothing_is_signed_tomorrow(people, make_contract, at):
    at("2026-11-20 23:30")
    contract = make_contract()
    with pytest.raises(Invalid) as refused:
        services.sign(contract, signed_on=date(2026, 11, 21), by=people.rep_a)
    assert (refused.value.code, refused.value.field) == ("future", "signed_on")


def test_a_contract_of_a_lost_opportunity_cannot_be_signed_and_stays_a_draft(people, make_deal):
    opportunity = make_deal()
    contract = services.create({"opportunity": opportunity}, by=people.rep_a)
    opportunities.void(opportunity, reason="客户撤回", by=people.rep_a)
    with pytest.raises(WrongState):
        services.sign(contract, signed_on=date(2026, 1, 1), by=people.rep_a)
    contract.refresh_from_db()
    assert contract.state == "draft"
    assert contract.company.signed_at is None


def test_a_signed_contract_takes_notes_and_nothing_else(people, make_contract):
    contract = make_contract(signed=True)
    assert services.update(contract, {"notes": "双方各执一份"}, by=people.rep_a).notes == "双方各执一份"
    with pytest.raises(WrongState) as refused:
        services.update(contract, {"amount": "1"}, by=people.rep_a)
    assert refused.value.code == "not_draft"


def test_a_draft_stays_with_its_company(people, make_contract, make_company):
    with pytest.raises(Invalid) as refused:
        services.update(make_contract(), {"company": make_company()}, by=people.rep_a)
    assert "company" in refused.value.errors


def test_a_contract_is_started_completed_and_each_step_is_in_the_ledger(people, make_contract):
    contract = services.complete(services.start(make_contract(signed=True), by=people.rep_a), by=people.rep_a)
    assert states(contract) == [("", "draft"), ("draft", "signed"), ("signed", "executing"), ("executing", "done")]


@pytest.mark.parametrize("verb", [services.start, services.complete])
def test_a_draft_cannot_go_on(people, make_contract, verb):
    with pytest.raises(WrongState) as refused:
        verb(make_contract(), by=people.rep_a)
    assert refused.value.code == "not_signed"


def test_a_contract_is_terminated_with_a_reason_once(people, make_contract):
    contract = make_contract(signed=True)
    with pytest.raises(Invalid) as refused:
        services.terminate(contract, reason=" ", by=people.rep_a)
    assert refused.value.code == "reason_required"
    for _ in range(2):
        contract = services.terminate(contract, reason="对方停产", by=people.rep_a)
    assert (contract.state, contract.end_reason) == ("ended", "对方停产")
    assert Activity.objects.filter(verb=events.TERMINATED).count() == 1


def test_a_signed_contract_is_not_thrown_away_and_a_draft_comes_back(people, make_contract):
    with pytest.raises(WrongState):
        services.delete(make_contract(signed=True), by=people.admin)
    draft = services.delete(make_contract(), by=people.admin)
    assert not Contract.objects.live().filter(pk=draft.pk).exists()
    assert services.restore(draft, by=people.admin).deleted_at is None


def test_the_team_lead_hands_a_contract_over_and_another_teams_rep_cannot_touch_it(people, make_contract):
    contract = make_contract()
    with pytest.raises(NotAllowed):
        services.update(contract, {"notes": "x"}, by=people.rep_c)
    services.assign([contract], to=people.rep_c, by=people.lead_east)
    contract.refresh_from_db()
    assert (contract.owner, contract.team, contract.co_owner) == (people.rep_c, people.east_2, people.rep_a)


def test_the_same_request_sent_twice_drafts_one_contract(people, make_company):
    values = {"name": "合同", "company": make_company(), "amount": "1"}
    first, second = (services.create(values, by=people.rep_a, once="key") for _ in range(2))
    assert first == second
    assert Contract.objects.count() == 1


def test_twenty_contracts_drafted_at_once_have_twenty_numbers(run_together, people, make_company):
    company = make_company()
    made = run_together(lambda n: services.create({"name": f"{n}", "company": company, "amount": "1"}, by=people.rep_a), 20)
    assert len({contract.number for contract in made}) == 20
