"""The page of one contract: its way from draft to done, its terms, what can be done, and what higher rooms add."""

from collections.abc import Callable

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.activity.models import StateChange
from crm.activity.spine import kind_of
from crm.core.policy import allows
from crm.core.registry import Registry
from crm.web import formats
from crm.web.amounts import amount
from crm.web.asking import Deed
from crm.web.links import link_to
from customers.companies.page import Fact
from deals.contracts.forms import SignForm, TerminateForm
from deals.contracts.models import Contract

State = Contract.State
WAY = (State.DRAFT, State.SIGNED, State.EXECUTING, State.DONE)

# Functions of (contract, actor): figures for the head, and things to do, in the order of their names.
facts: Registry[Callable] = Registry("contract fact")
deeds: Registry[Callable] = Registry("contract deed")


def of(contract, actor):
    """What the page shows of the contract."""
    return {
        "steps": steps_of(contract),
        "facts": [Fact(_("Amount"), amount(actor, "contracts.amount", contract.amount, contract.currency)), *_added(facts, contract, actor)],
        "deeds": deeds_of(contract, actor),
        "company": link_to(actor, contract.company, f"/customers/companies/{contract.company_id}/"),
        "opportunity": link_to(actor, contract.opportunity, f"/deals/opportunities/{contract.opportunity_id}/"),
        "term": term_of(contract),
    }


def steps_of(contract):
    """The four steps of a contract with the day each was reached; a terminated one ends where it was ended."""
    reached = dict(_ledger(contract))
    if contract.state in WAY:  # what it was before its order was cancelled is history, not a step reached
        reached = {state: at for state, at in reached.items() if state not in WAY[WAY.index(contract.state) + 1 :]}
    shown = [State.DRAFT, *(state for state in WAY[1:] if state in reached), State.ENDED] if contract.state == State.ENDED else WAY
    return [_step(state, reached, contract) for state in shown]


def term_of(contract):
    """From which day to which the contract runs."""
    if not contract.starts_on and not contract.ends_on:
        return ""
    return f"{formats.day(contract.starts_on)} – {formats.day(contract.ends_on)}"


def deeds_of(contract, actor):
    """What this person may do now, the likeliest first."""
    found = _added(deeds, contract, actor)
    if not allows(actor, "contracts.edit", contract):
        return found
    if contract.is_draft:
        found.append(Deed(_("Sign"), "signature/", "signature", "primary", SignForm(actor=actor, record=contract)))
    if contract.state == State.SIGNED:
        found.append(Deed(_("Start"), "execution/", "player-play"))
    if contract.is_in_force:
        found.append(Deed(_("Complete"), "completion/", "circle-check"))
        found.append(Deed(_("Terminate"), "termination/", "circle-x", "danger", TerminateForm(actor=actor, record=contract)))
    return found


def _added(registry, contract, actor):
    return [thing for _name, find in sorted(registry.items()) for thing in find(contract, actor)]


def _ledger(contract):
    rows = StateChange.objects.filter(kind=kind_of(Contract), object_id=contract.pk).order_by("id")
    return rows.values_list("to_state", "at")


def _step(state, reached, contract):
    current = state == contract.state
    done = state in reached and not (current and state not in (State.DONE, State.ENDED))
    day = contract.signed_on if state == State.SIGNED else reached.get(state)
    note = formats.day(day) if day and state in reached else ""
    words = capfirst(State(state).label)
    return {"label": words, "note": note, "state": "done" if done else "now" if current else "todo", "part": 100 if done or current else 0}
