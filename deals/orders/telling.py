"""The words for the events of orders: on timelines, and to those who are told of them."""

from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.activity.wording import describer
from crm.notifications.notices import Told, on, says
from crm.web.amounts import amount
from deals.orders import events
from deals.orders.agreeing import agreers
from deals.orders.models import Order
from deals.orders.pricing import REASONS


@describer(events.CREATED, group="money", icon="shopping-cart", changes=False)
def created(activity, facts):
    """An order is drafted, perhaps at a special price."""
    return _("Order drafted"), _with_reasons(facts)


@describer(events.UPDATED, group="money", icon="pencil")
def updated(activity, facts):
    """What it says or its lines changed."""
    return _("Order changed"), _with_reasons(facts)


@describer(events.SPECIAL_PRICE_AGREED, group="money", icon="thumb-up", tone="ok", changes=False)
def agreed(activity, facts):
    """The team lead agreed to the price."""
    return _("Special price agreed to"), _with_reasons(facts)


@describer(events.SPECIAL_PRICE_DECLINED, group="money", icon="thumb-down", tone="bad", changes=False)
def declined(activity, facts):
    """The team lead did not agree to the price, with the reason."""
    return _("Special price declined"), f"{_which(facts)} {activity.data['reason']}".strip()


@describer(events.PLACED, group="money", icon="shopping-cart", tone="ok", changes=False)
def placed(activity, facts):
    """The customer has ordered."""
    return _("Order placed"), _which(facts)


@describer(events.CANCELLED, group="money", icon="circle-x", tone="bad", changes=False)
def cancelled(activity, facts):
    """It was called off, with the reason."""
    return _("Order cancelled"), f"{_which(facts)} {activity.data['reason']}".strip()


@on(events.CREATED)
@on(events.UPDATED)
def special_price_waits(activity):
    """Whoever may agree to a special price hears that one waits."""
    order = Order.objects.live().select_related("company").filter(pk=activity.object_id).first() if activity.data.get("special") else None
    if order is None or not order.is_draft or not order.awaits_agreement:
        return []
    facts = {"number": order.number, "company": str(order.company), "reasons": activity.data["special"]}
    return [Told(person.pk, facts, f"/deals/orders/{order.pk}/") for person in agreers(order)]


@says(events.CREATED)
@says(events.UPDATED)
def special_price_words(facts):
    """The words for a special price that waits."""
    title = _("A special price waits for you: %(number)s, %(company)s") % facts
    return title, _in_words(facts["reasons"])


@on(events.SPECIAL_PRICE_AGREED)
def special_price_agreed(activity):
    """The owner hears that the order can be placed."""
    return _to_owner(activity)


def _to_owner(activity):
    order = Order.objects.select_related("company").filter(pk=activity.object_id).first()
    if order is None or order.owner_id is None:
        return []
    return [Told(order.owner_id, {"number": order.number, "company": str(order.company)}, f"/deals/orders/{order.pk}/")]


@says(events.SPECIAL_PRICE_AGREED)
def agreed_words(facts):
    """The words for a price that was agreed to."""
    return _("The special price of %(number)s is agreed to: the order can be placed") % facts, facts["company"]


@on(events.SPECIAL_PRICE_DECLINED)
def special_price_declined(activity):
    """The owner hears that the price has to change, and why."""
    return [replace(told, facts=told.facts | {"reason": activity.data["reason"]}) for told in _to_owner(activity)]


@says(events.SPECIAL_PRICE_DECLINED)
def declined_words(facts):
    """The words for a price that was declined."""
    return _("The special price of %(number)s is declined: %(reason)s") % facts, facts["company"]


def _with_reasons(facts):
    special = facts.activity.data.get("special")
    return _("%(order)s · special price: %(reasons)s") % {"order": _which(facts), "reasons": _in_words(special)} if special else _which(facts)


def _in_words(reasons):
    return pgettext("between listed things", ", ").join(str(REASONS.get(one, one)) for one in reasons)


def _which(facts):
    data = facts.activity.data
    worth = amount(facts.actor, "orders.amount", Decimal(data["amount"]), data["currency"])
    return worth if facts.is_own else f"{data['number']} · {worth}"
