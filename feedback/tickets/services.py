"""The verbs of feedback: take in, assign, respond, wait, resolve, close, reopen."""

from django.utils.translation import gettext_lazy as _

from crm.activity import numbers, ownership
from crm.activity.spine import change, creation, event, owner_changed, record_many, state_changed
from crm.bin import services as bin
from crm.core import chosen, clock
from crm.core.errors import Invalid, WrongState
from crm.core.reached import refuse_gone, refuse_owner, refuse_unreachable
from customers.companies.services import binned, refuse_stale
from feedback.tickets import events, routing
from feedback.tickets.cleaning import clean
from feedback.tickets.deadlines import due_at
from feedback.tickets.models import Ticket
from feedback.tickets.queryset import OPEN_STATES, RUNNING_STATES

State = Ticket.State
SERIES = "FB"
REFUSALS = {
    "not_open": _("This feedback is “%(state)s”; reopen it first."),
    "not_resolved": _("This feedback is “%(state)s”; resolve it before closing it."),
    "not_finished": _("This feedback is “%(state)s”; only what was resolved or closed can be reopened."),
    "not_waiting": _("This feedback is “%(state)s”; it does not wait for the customer."),
}


def create(values, *, by, owner=None, once=""):
    """Take in feedback; without an owner it goes to whoever looks after its category, without a due time by its priority."""
    with creation(events.CREATED, by=by, right="tickets.create", once=once, given=values) as found:
        if found.repeated:
            return found.repeated
        refuse_unreachable(values, by, "company")
        refuse_owner(owner, by, "tickets")
        values = _completed(clean(values))
        owner, why = (owner, "named") if owner else routing.route(values["category"], by)
        ticket = Ticket(created_at=clock.now(), updated_at=clock.now(), number=numbers.take(SERIES))
        _apply(ticket, values)
        ownership.own(ticket, owner, ticket.company)
        ticket.save(force_insert=True)
        found.subject = ticket
        found.data.update(category=ticket.category, priority=ticket.priority, to=owner.pk, routed=why)
        _tell(found, ticket)
        owner_changed(found, ticket, cause="created")
        state_changed(found, ticket, from_state="", to_state=ticket.state)
        return ticket


def update(ticket, values, *, by, version=None):
    """Change the given fields of open feedback; another priority moves the due time unless one is given."""
    with change(events.UPDATED, ticket, by=by, right="tickets.edit") as (ticket, found):
        refuse_stale(ticket, version)
        values = clean(values, ticket=ticket)
        if "due_at" not in values and values.get("priority", ticket.priority) != ticket.priority:
            values["due_at"] = due_at(values.get("received_at") or ticket.received_at, values["priority"])
        changed = [field for field, value in values.items() if getattr(ticket, field) != value]
        if not changed:
            found.subject = None
            return ticket
        _refuse_unless(ticket, OPEN_STATES, "not_open")
        _apply(ticket, {field: values[field] for field in changed})
        if "due_at" in changed:
            ticket.reminded_at = None
        if "company" in changed:
            ownership.own(ticket, ticket.owner, ticket.company)
        ticket.store(*changed, "sort_key", "latin", "reminded_at", "co_owner", "co_team")
        found.data["fields"] = changed
        _tell(found, ticket)
        return ticket


def assign(tickets, *, to, by, reason=""):
    """Give feedback to another person; what is theirs already stays as it is."""
    with event(events.ASSIGNED, by=by):
        rows = chosen.locked(Ticket, tickets, by=by, action="assign")
        refuse_gone(to)
        return ownership.hand_over(events.ASSIGNED, rows, to=to, by=by, cause="assigned", reason=reason)


def respond(ticket, *, by, at=None):
    """The customer has had an answer, the first one counts; new feedback is in progress from then on."""
    with change(events.RESPONDED, ticket, by=by, right="tickets.edit") as (ticket, found):
        _refuse_unless(ticket, OPEN_STATES, "not_open")
        if ticket.first_response_at and ticket.state == State.WORKING:
            found.subject = None
            return ticket
        ticket.first_response_at = ticket.first_response_at or at or clock.now()
        _move(ticket, State.WORKING, found, "first_response_at")
        return ticket


def wait(ticket, *, by):
    """It is the customer's turn; until then nothing falls due."""
    return _to(ticket, events.WAITING, State.WAITING, RUNNING_STATES, "not_open", by)


def resume(ticket, *, by):
    """The customer has answered: it is our turn again."""
    return _to(ticket, events.RESUMED, State.WORKING, (State.WAITING,), "not_waiting", by)


def resolve(ticket, *, resolution, by):
    """Say what we did about it."""
    with change(events.RESOLVED, ticket, by=by, right="tickets.edit") as (ticket, found):
        if ticket.state == State.RESOLVED and ticket.resolution == resolution.strip():
            found.subject = None
            return ticket
        _refuse_unless(ticket, OPEN_STATES, "not_open")
        if not resolution.strip():
            raise Invalid(_("Say what was done."), field="resolution", code="resolution_required")
        ticket.resolution, ticket.resolved_at = resolution.strip(), clock.now()
        ticket.first_response_at = ticket.first_response_at or ticket.resolved_at
        _move(ticket, State.RESOLVED, found, "resolution", "resolved_at", "first_response_at")
        return ticket


def close(ticket, *, by, satisfaction=None):
    """The customer agrees that it is solved; `satisfaction` from 1 to 5 where it was asked."""
    with change(events.CLOSED, ticket, by=by, right="tickets.edit") as (ticket, found):
        if ticket.state == State.CLOSED and ticket.satisfaction == satisfaction:
            found.subject = None
            return ticket
        _refuse_unless(ticket, (State.RESOLVED,), "not_resolved")
        if satisfaction is not None and satisfaction not in range(1, 6):
            raise Invalid(_("Satisfaction is a figure from 1 to 5."), field="satisfaction", code="out_of_range")
        ticket.satisfaction = satisfaction
        found.data["satisfaction"] = satisfaction
        _move(ticket, State.CLOSED, found, "satisfaction")
        return ticket


def reopen(ticket, *, reason, by):
    """It was not solved after all, with the reason; the time it took before still counts."""
    with change(events.REOPENED, ticket, by=by, right="tickets.edit") as (ticket, found):
        if ticket.is_open:
            found.subject = None
            return ticket
        if not reason.strip():
            raise Invalid(_("Say why it is opened again."), field="reason", code="reason_required")
        found.data["reason"] = reason.strip()
        ticket.resolved_at = ticket.satisfaction = None
        _move(ticket, State.WORKING, found, "resolved_at", "satisfaction")
        return ticket


def delete(ticket, *, by):
    """Put feedback into the bin; asked twice, it stays there."""
    with change(events.DELETED, ticket, by=by, right="tickets.delete") as (ticket, found):
        if ticket.deleted_at:
            found.subject = None
            return ticket
        ticket.deleted_at = clock.now()
        ticket.store("deleted_at")
        _tell(found, ticket)
        return ticket


def delete_many(tickets, *, by):
    """Put much feedback into the bin; all or nothing."""
    with event(events.DELETED, by=by):
        rows = [row for row in chosen.locked(Ticket, tickets, by=by, action="delete") if not row.deleted_at]
        binned(rows)
        record_many(events.DELETED, rows, by=by, data=lambda row: {"number": row.number}, about=_concerned)
        return rows


def restore(ticket, *, by, without=(), owner=None):
    """Take feedback out of the bin; see `crm.bin.services.restore` for conflicts."""

    def told(ticket, found):
        _tell(found, ticket)

    return bin.restore(ticket, events.RESTORED, by=by, without=without, owner=owner, told=told)


def _to(ticket, verb, state, allowed, code, by):
    with change(verb, ticket, by=by, right="tickets.edit") as (ticket, found):
        if ticket.state == state:
            found.subject = None
            return ticket
        _refuse_unless(ticket, allowed, code)
        _move(ticket, state, found)
        return ticket


def _move(ticket, to, found, *fields):
    before, ticket.state = ticket.state, to
    ticket.store("state", *fields)
    if before != to:
        state_changed(found, ticket, from_state=before, to_state=to)
    _tell(found, ticket)


def _completed(values):
    """The values with the times that were not given: received now, due by the priority."""
    priority = values.get("priority") or Ticket.Priority.P3
    received = values.get("received_at") or clock.now()
    return {**values, "priority": priority, "received_at": received, "due_at": values.get("due_at") or due_at(received, priority)}


def _apply(ticket, values):
    for field, value in values.items():
        setattr(ticket, field, value)
    if "name" in values:
        ticket.set_name(values["name"])


def _tell(found, ticket):
    found.data["number"] = ticket.number
    found.about_of(ticket, "company", "contact")


def _concerned(ticket):
    return [field.related_model(pk=pk) for field in map(Ticket._meta.get_field, ("company", "contact")) if (pk := getattr(ticket, field.attname))]


def _refuse_unless(ticket, allowed, code):
    if ticket.state not in allowed:
        raise WrongState(REFUSALS[code] % {"state": ticket.get_state_display()}, code=code)
