"""The verbs of contracts: draft, sign, start, complete, terminate."""

from django.utils.translation import gettext_lazy as _

from crm.activity import numbers, ownership
from crm.activity.spine import change, creation, event, owner_changed, state_changed
from crm.bin import services as bin
from crm.core import chosen, clock
from crm.core.errors import Invalid, WrongState
from crm.core.reached import refuse_gone, refuse_owner, refuse_unreachable
from customers.companies import services as companies
from customers.companies.models import Step
from deals.contracts import events
from deals.contracts.cleaning import OPEN_FIELDS, carried, clean
from deals.contracts.models import Contract
from deals.opportunities import services as opportunities

State = Contract.State
SERIES = "HT"
REFUSALS = {
    "not_draft": _("Only a draft can be signed, changed or deleted; this contract is “%(state)s”."),
    "not_signed": _("Only a contract that was signed and has not ended can go on; this one is “%(state)s”."),
}


def create(values, *, by, owner=None, once=""):
    """Draft a contract with a company; out of an opportunity it takes over company, name and amount."""
    with creation(events.CREATED, by=by, right="contracts.create", once=once, given=values) as found:
        if found.repeated:
            return found.repeated
        refuse_unreachable(values, by, "opportunity", "company")
        refuse_owner(owner, by, "contracts")
        values = clean(carried(values))
        contract = Contract(created_at=clock.now(), updated_at=clock.now(), number=numbers.take(SERIES))
        ownership.own(contract, owner or by, values["company"])
        _apply(contract, values)
        contract.save(force_insert=True)
        found.subject = contract
        _tell(found, contract)
        owner_changed(found, contract, cause="created")
        state_changed(found, contract, from_state="", to_state=contract.state)
        return contract


def update(contract, values, *, by, version=None):
    """Change the given fields of a draft; once signed, only its notes and external ID can be written."""
    with change(events.UPDATED, contract, by=by, right="contracts.edit") as (contract, found):
        companies.refuse_stale(contract, version)
        values = clean(values, contract=contract)
        changed = [field for field, value in values.items() if getattr(contract, field) != value]
        if not changed:
            found.subject = None
            return contract
        if set(changed) - OPEN_FIELDS:
            _refuse_unless(contract, State.DRAFT)
        _apply(contract, {field: values[field] for field in changed})
        contract.store(*changed, *(("sort_key", "latin") if "name" in changed else ()))
        found.data["fields"] = changed
        found.about_of(contract, "company")
        return contract


def sign(contract, *, signed_on, by):
    """Both sides have signed on this day: the company is a signed customer, the opportunity waits for its order."""
    with change(events.SIGNED, contract, by=by, right="contracts.edit") as (contract, found):
        if contract.state == State.SIGNED and contract.signed_on == signed_on:
            found.subject = None
            return contract
        _refuse_unless(contract, State.DRAFT)
        _refuse_future(signed_on)
        contract.signed_on = signed_on
        _move(contract, State.SIGNED, found, "signed_on")
        if contract.opportunity:
            opportunities.mark_pending_order(contract.opportunity, by=by)
        companies.reach(contract.company, Step.SIGNED, at=clock.moment_on(signed_on), event_of=found)
        return contract


def start(contract, *, by, because=""):
    """The contract is being carried out; `because` names the verb it follows from, which has asked for the right."""
    return _advance(contract, events.STARTED, State.EXECUTING, (State.SIGNED,), by, because)


def reopen(contract, *, by, because):
    """Its only order was called off: the contract is signed and waits for another. `because` names the verb that did it."""
    with change(events.REOPENED, contract, by=by) as (contract, found):
        if contract.state != State.EXECUTING:
            found.subject = None
            return contract
        found.data["because"] = because
        _move(contract, State.SIGNED, found)
        return contract


def complete(contract, *, by, because=""):
    """Both sides have done what they signed; `because` as in `start`."""
    return _advance(contract, events.COMPLETED, State.DONE, (State.SIGNED, State.EXECUTING), by, because)


def terminate(contract, *, reason, by):
    """End a signed contract before its time, with the reason."""
    with change(events.TERMINATED, contract, by=by, right="contracts.edit") as (contract, found):
        if contract.state == State.ENDED:
            found.subject = None
            return contract
        _refuse_unless(contract, State.SIGNED, State.EXECUTING)
        if not reason.strip():
            raise Invalid(_("Say why the contract ends."), field="reason", code="reason_required")
        contract.end_reason = found.data["reason"] = reason.strip()
        _move(contract, State.ENDED, found, "end_reason")
        return contract


def assign(contracts, *, to, by, reason=""):
    """Give contracts to another person; those that already are theirs stay as they are."""
    with event(events.ASSIGNED, by=by):
        rows = chosen.locked(Contract, contracts, by=by, action="assign")
        refuse_gone(to)
        return ownership.hand_over(events.ASSIGNED, rows, to=to, by=by, cause="assigned", reason=reason)


def delete(contract, *, by):
    """Put a draft into the bin; a contract that was signed stays."""
    with bin.held(events.DELETED, contract, by=by, right="contracts.delete") as (contract, found):
        if contract.deleted_at:
            found.subject = None
            return contract
        _refuse_unless(contract, State.DRAFT)
        contract.deleted_at = clock.now()
        contract.store("deleted_at")
        found.data.update(companies.along(bin.take_along([contract], by=by, verb=events.DELETED)))
        return contract


def restore(contract, *, by, without=(), owner=None):
    """Take a draft out of the bin with what went in with it; see `crm.bin.services.restore` for conflicts."""
    return bin.restore(contract, events.RESTORED, by=by, without=without, owner=owner)


def _advance(contract, verb, to, allowed, by, because):
    with change(verb, contract, by=by, right=None if because else "contracts.edit") as (contract, found):
        if contract.state == to:
            found.subject = None
            return contract
        _refuse_unless(contract, *allowed)
        found.data.update({"because": because} if because else {})
        _move(contract, to, found)
        return contract


def _move(contract, to, found, *fields):
    before, contract.state = contract.state, to
    contract.store("state", *fields)
    state_changed(found, contract, from_state=before, to_state=to)
    _tell(found, contract)


def _tell(found, contract):
    """What a timeline needs to say which contract it was, and whose timelines say it."""
    found.data.update(number=contract.number, amount=str(contract.amount), currency=contract.currency)
    found.about_of(contract, "company", "opportunity")


def _apply(contract, values):
    for field, value in values.items():
        setattr(contract, field, value)
    if "name" in values:
        contract.set_name(values["name"])


def _refuse_unless(contract, *allowed):
    if contract.state in allowed:
        return
    code = "not_draft" if allowed == (State.DRAFT,) else "not_signed"
    raise WrongState(REFUSALS[code] % {"state": contract.get_state_display()}, code=code)


def _refuse_future(day):
    if day > clock.today():
        raise Invalid(_("This day lies in the future."), field="signed_on", code="future")
