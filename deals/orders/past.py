"""Orders that were placed before the house knew of them: thousands in one go, by the same rules, dated as they happened."""

from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.activity import numbers, ownership
from crm.activity.ledgers import owners_given, states_changed
from crm.activity.spine import event, record_many
from crm.core import clock
from crm.core.errors import Invalid, Refusal, WrongState
from crm.core.policy import allows, require
from customers.companies import services as companies
from customers.companies.models import Step
from deals.opportunities.winning import win_many
from deals.orders import events, lines
from deals.orders.cleaning import clean, clean_lines
from deals.orders.models import Order, OrderLine
from deals.orders.services import SERIES, refuse_unagreed

# A row is what `create` takes, and besides: the line (`product`, `quantity`, `amount` for all of it) and `placed_at`.
LINE = ("product", "quantity", "amount")
OWN = (*LINE, "placed_at", "owner")


def place_many(rows, *, by):
    """Add placed orders and win their opportunities, some statements for each thousand; one event each.

    Each row has company, product, amount and `placed_at`; opportunity, quantity, owner (the actor unless said otherwise),
    currency, notes and external ID where known. `refusal_of` says beforehand which rows cannot be taken; one of them
    here refuses all.
    """
    with event(events.PLACED, by=by):
        require(by, "orders.create")
        built = [_checked(row, by, place) for place, row in enumerate(rows)]
        days = [timezone.localdate(order.placed_at) for order, _lines in built]
        for (order, _lines), number in zip(built, numbers.take_many(SERIES, days), strict=True):
            order.number = number
        orders = Order.objects.bulk_create([order for order, _lines in built], batch_size=1000)
        made = [line for order, cleaned in built for line in lines.rows_of(order, cleaned)]
        OrderLine.objects.bulk_create(made, batch_size=2000)
        _record(orders, by)
        win_many(_earliest(orders, "opportunity_id"), by=by)
        companies.reach_many(_earliest(orders, "company_id"), Step.SIGNED)
        return orders


def refusal_of(row, by) -> Refusal | None:
    """Why this row cannot be placed by this person, or None."""
    try:
        _build(row, by)
    except Refusal as refusal:
        return refusal
    return None


def _checked(row, by, place):
    try:
        return _build(row, by)
    except Refusal as refusal:
        refusal.facts = {**refusal.facts, "row": place}
        raise


def _build(row, by):
    """The order, not saved, and its line; an amount for all of it is a unit price times a quantity only if it divides."""
    values = clean({name: value for name, value in row.items() if name not in OWN and value not in (None, "")})
    order = Order(created_at=clock.now(), updated_at=clock.now(), state=Order.State.PLACED, placed_at=_placed_at(row), **values)
    _refuse_closed(order.opportunity)
    ownership.own(order, row.get("owner") or by, order.company)
    cleaned = clean_lines([_line(row)], known={row["product"].pk} if row.get("product") else ())
    lines.price(order, cleaned)
    if order.is_special_price and allows(by, "orders.agree_special_price"):
        order.special_price_agreed_by = by
    refuse_unagreed(order)
    return order, cleaned


def _line(row):
    line = {"product": row.get("product"), "quantity": row.get("quantity"), "unit_price": row.get("amount")}
    if row.get("amount") in (None, "") or line["quantity"] in (None, "", 1):
        return line
    share = Decimal(line["unit_price"]) / Decimal(line["quantity"])
    if share != round(share, 2):
        raise Invalid(_("The amount cannot be divided by the quantity to the cent."), field="quantity", code="not_divisible")
    return line | {"unit_price": round(share, 2)}


def _placed_at(row):
    placed_at = row.get("placed_at")
    if placed_at is None:
        raise Invalid(_("This is required."), field="placed_at")
    if placed_at > clock.now():
        raise Invalid(_("This time lies in the future."), field="placed_at", code="future")
    return placed_at


def _refuse_closed(opportunity):
    if opportunity is not None and not (opportunity.is_running or opportunity.state == "won"):
        raise WrongState(_("This opportunity is closed (%(stage)s). Reopen it first.") % {"stage": opportunity.stage}, code="opportunity_closed")


def _record(orders, by):
    found = record_many(
        events.PLACED,
        orders,
        by=by,
        about=lambda order: [order.company, order.opportunity],
        data=lambda order: {"number": order.number, "amount": str(order.amount), "currency": order.currency},
        at=lambda order: order.placed_at,
    )
    owners_given(found, cause="created")
    states_changed(found, before=lambda order: "", at=lambda order: order.placed_at)


def _earliest(orders, parent):
    """For each parent of the orders, when the first of them was placed."""
    since = {}
    for order in orders:
        key = getattr(order, parent)
        if key is not None:
            since[key] = min(since.get(key, order.placed_at), order.placed_at)
    return since
