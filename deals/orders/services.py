"""The verbs of orders: draft, agree to a special price, place, cancel. Placing is what wins an opportunity."""

from django.utils.translation import gettext_lazy as _

from crm.activity import numbers, ownership
from crm.activity.spine import change, creation, event, lock, owner_changed, state_changed
from crm.bin import services as bin
from crm.core import chosen, clock
from crm.core.errors import Invalid, WrongState
from crm.core.reached import refuse_gone, refuse_owner, refuse_unreachable
from customers.companies import services as companies
from customers.companies.models import Step
from deals.contracts import services as contracts
from deals.opportunities import services as opportunities
from deals.orders import declining, events, guards, lines, pricing
from deals.orders.cleaning import carried, clean, clean_lines
from deals.orders.models import Order

State = Order.State
SERIES = "DD"


def create(values, given_lines=None, *, by, owner=None, once=""):
    """Draft an order; out of a contract or an opportunity it takes over the company, and the product where no line is given."""
    given = {**values, "lines": given_lines}
    with creation(events.CREATED, by=by, right="orders.create", once=once, given=given) as found:
        if found.repeated:
            return found.repeated
        refuse_unreachable(values, by, "contract", "opportunity", "company")
        refuse_owner(owner, by, "orders")
        values = clean(carried(values))
        cleaned = clean_lines(given_lines or lines.expected(values.get("opportunity")))
        order = Order(created_at=clock.now(), updated_at=clock.now(), number=numbers.take(SERIES))
        ownership.own(order, owner or by, values["company"])
        for field, value in values.items():
            setattr(order, field, value)
        found.data["special"] = lines.price(order, cleaned)
        order.save(force_insert=True)
        lines.write(order, cleaned)
        found.subject = order
        _tell(found, order)
        owner_changed(found, order, cause="created")
        state_changed(found, order, from_state="", to_state=order.state)
        return order


def update(order, values, given_lines=None, *, by, version=None):
    """Change a draft; given lines replace all lines. A changed price must be agreed to anew."""
    with change(events.UPDATED, order, by=by, right="orders.edit") as (order, found):
        companies.refuse_stale(order, version)
        refuse_unless_draft(order)
        values = clean(values, order=order)
        changed = [field for field, value in values.items() if getattr(order, field) != value]
        for field in changed:
            setattr(order, field, values[field])
        before = lines.read(order)
        after = before if given_lines is None else clean_lines(given_lines, known={line["product"].pk for line in before})
        if after != before:
            lines.write(order, after)
            changed.append("lines")
        if not changed:
            found.subject = None
            return order
        if {"lines", "currency", "marked_special"} & set(changed):
            order.special_price_agreed_by = None
            found.data["special"] = lines.price(order, after)
        order.store(*(field for field in changed if field != "lines"), "amount", "is_special_price", "special_price_agreed_by")
        found.data["fields"] = changed
        _tell(found, order)
        return order


def agree_special_price(order, *, by):
    """The team lead agrees to the price of a draft; any later change of the price asks again."""
    with change(events.SPECIAL_PRICE_AGREED, order, by=by, right="orders.agree_special_price") as (order, found):
        if order.special_price_agreed_by_id:
            found.subject = None
            return order
        refuse_unless_draft(order)
        _refuse_usual(order)
        _answer_special(order, by, found)
        return order


def decline_special_price(order, *, reason, by):
    """The team lead does not agree to the price of a draft, and says why; what was agreed to before counts no more.

    It stands until the price changes or is agreed to after all. Declined already, it stays as it is.
    """
    with change(events.SPECIAL_PRICE_DECLINED, order, by=by, right="orders.agree_special_price") as (order, found):
        if declining.refusal_of(order):
            found.subject = None
            return order
        refuse_unless_draft(order)
        _refuse_usual(order)
        if not reason.strip():
            raise Invalid(_("Say why the price is declined."), field="reason", code="reason_required")
        found.data["reason"] = reason.strip()
        _answer_special(order, None, found)
        return order


def place(order, *, by, at=None):
    """The customer has ordered: in the same step the opportunity is won and the contract is being carried out.

    `at` dates an order that was placed earlier. Placed already, it stays as it is.
    """
    with change(events.PLACED, order, by=by, right="orders.edit") as (order, found):
        if order.is_placed:
            found.subject = None
            return order
        refuse_unless_draft(order)
        refuse_unagreed(order)
        refuse_unsigned(order.contract)
        order.placed_at = _past(at)
        _move(order, State.PLACED, found, "placed_at")
        if order.contract:
            contracts.start(order.contract, by=by, because=events.PLACED)
        if order.opportunity:
            opportunities.win(order.opportunity, by=by, at=order.placed_at)
        companies.reach(order.company, Step.SIGNED, at=order.placed_at, event_of=found)
        return order


def cancel(order, *, reason, by):
    """Call an order off, with the reason: its contract waits for another, the opportunity it won is open again.

    Not once money has come in.
    """
    with change(events.CANCELLED, order, by=by, right="orders.edit") as (order, found):
        if order.state == State.CANCELLED:
            found.subject = None
            return order
        if not reason.strip():
            raise Invalid(_("Say why the order is cancelled."), field="reason", code="reason_required")
        guards.ask_all(order)
        won = order.is_placed
        order.cancel_reason = found.data["reason"] = reason.strip()
        _move(order, State.CANCELLED, found, "cancel_reason")
        if won and order.contract and _was_only_one(order, "contract"):
            contracts.reopen(order.contract, by=by, because=events.CANCELLED)
        if won and order.opportunity and _was_only_one(order, "opportunity"):
            opportunities.reopen_after_cancel(order.opportunity, by=by, note=order.cancel_reason)
        return order


def assign(orders, *, to, by, reason=""):
    """Give orders to another person; those that already are theirs stay as they are."""
    with event(events.ASSIGNED, by=by):
        rows = chosen.locked(Order, orders, by=by, action="assign")
        refuse_gone(to)
        return ownership.hand_over(events.ASSIGNED, rows, to=to, by=by, cause="assigned", reason=reason)


def delete(order, *, by):
    """Put a draft into the bin; an order that was placed is cancelled instead."""
    with bin.held(events.DELETED, order, by=by, right="orders.delete") as (order, found):
        if order.deleted_at:
            found.subject = None
            return order
        refuse_unless_draft(order)
        order.deleted_at = clock.now()
        order.store("deleted_at")
        found.data.update(companies.along(bin.take_along([order], by=by, verb=events.DELETED)))
        return order


def restore(order, *, by, without=(), owner=None):
    """Take a draft out of the bin with what went in with it; see `crm.bin.services.restore` for conflicts."""
    return bin.restore(order, events.RESTORED, by=by, without=without, owner=owner)


def refuse_unagreed(order):
    """A special price waits for the team lead (A8.1)."""
    if order.awaits_agreement:
        raise WrongState(
            _("This is a special price: the team lead has to agree to it before the order can be placed."),
            code="special_price_pending",
        )


def refuse_unsigned(contract):
    """Under a contract, orders are placed from its signature to its end."""
    if contract is not None and not contract.is_in_force:
        raise WrongState(
            _("Contract %(number)s is “%(state)s”; orders can be placed under a signed contract only.")
            % {"number": contract.number, "state": contract.get_state_display()},
            code="contract_not_signed",
        )


def _refuse_usual(order):
    if not order.is_special_price:
        raise WrongState(_("This order has no special price; nothing needs to be agreed to."), code="no_special_price")


def _answer_special(order, agreed_by, found):
    order.special_price_agreed_by = agreed_by
    order.store("special_price_agreed_by")
    found.data["special"] = pricing.special_reasons(lines.read(order), order.currency, marked=order.marked_special)
    _tell(found, order)


def _was_only_one(order, parent):
    """Whether no other placed order rests on the same contract or opportunity.

    That is locked first: of two orders that are cancelled at once, one is the last.
    """
    lock(getattr(order, parent))
    return not Order.objects.live().placed().filter(**{parent: getattr(order, parent)}).exists()


def _past(at):
    now = clock.now()
    if at is not None and at > now:
        raise Invalid(_("This time lies in the future."), field="placed_at", code="future")
    return at or now


def _move(order, to, found, *fields):
    before, order.state = order.state, to
    order.store("state", *fields)
    state_changed(found, order, from_state=before, to_state=to)
    _tell(found, order)


def _tell(found, order):
    """What a timeline needs to say which order it was, and whose timelines say it."""
    found.data.update(number=order.number, amount=str(order.amount), currency=order.currency)
    found.about_of(order, "company", "contract", "opportunity")


def refuse_unless_draft(order):
    """A draft can be changed; what was placed or cancelled stays as it is."""
    if not order.is_draft:
        raise WrongState(
            _("Only a draft can be changed; this order is “%(state)s”.") % {"state": order.get_state_display()},
            code="not_draft",
        )
