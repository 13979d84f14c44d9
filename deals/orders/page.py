"""The page of one order: its lines, its price, what can be done, and what higher rooms add."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.core.policy import allows
from crm.core.registry import Registry
from crm.web import formats
from crm.web.amounts import COVERED, amount, readable
from crm.web.asking import Deed
from crm.web.links import link_to
from customers.companies.page import Fact
from deals.orders import beside, declining, lines, pricing
from deals.orders.agreeing import agreers
from deals.orders.forms import CancelForm, DeclineForm

# Functions of (order, actor): figures for the head, and things to do, in the order of their names.
facts: Registry[Callable] = Registry("order fact")
deeds: Registry[Callable] = Registry("order deed")


@dataclass(frozen=True)
class Row:
    """One line of an order as this reader may see it."""

    product: object
    quantity: str
    unit_price: str
    discount: str
    amount: str


def of(order, actor):
    """What the page shows of the order."""
    refusal = declining.refusal_of(order)
    return {
        "facts": [Fact(_("Amount"), amount(actor, "orders.amount", order.amount, order.currency)), *_added(facts, order, actor)],
        "differs": beside.warning(beside.of_order(order), actor),
        "rows": rows_of(order, actor),
        "total": amount(actor, "orders.amount", order.amount, order.currency),
        "special": special_of(order, refusal),
        "deeds": deeds_of(order, actor, refusal),
        "company": link_to(actor, order.company, f"/customers/companies/{order.company_id}/"),
        "contract": link_to(actor, order.contract, f"/deals/contracts/{order.contract_id}/"),
        "opportunity": link_to(actor, order.opportunity, f"/deals/opportunities/{order.opportunity_id}/"),
    }


def rows_of(order, actor):
    """The lines, prices covered for those who may not read them."""
    whole = readable(actor, "orders.amount")
    return [
        Row(
            product=line.product, quantity=f"{formats.number(line.quantity.normalize() + 0)} {line.product.unit}".strip(),
            unit_price=formats.money_plain(line.unit_price) if whole else COVERED,
            discount=f"{line.discount.normalize() + 0:f}%" if line.discount else "",
            amount=formats.money_plain(line.amount) if whole else COVERED,
        )
        for line in order.lines.select_related("product")
    ]  # fmt: skip


def special_of(order, refusal):
    """Why the price is special and who has agreed, who has declined, or who is asked; None for a usual price."""
    if not order.is_special_price:
        return None
    reasons = pricing.special_reasons(lines.read(order), order.currency, marked=order.marked_special)
    comma = pgettext("between listed things", ", ")
    asked = comma.join(str(person) for person in agreers(order)) if order.awaits_agreement and not refusal else ""
    return _answer(refusal) | {"reasons": comma.join(str(pricing.REASONS[one]) for one in reasons), "agreed_by": order.special_price_agreed_by, "asked": asked}


def _answer(refusal):
    if refusal is None:
        return {}
    return {"declined": refusal, "declined_on": formats.day(refusal.at), "reason": refusal.data["reason"]}


def deeds_of(order, actor, refusal=None):
    """What this person may do now, the likeliest first."""
    found = []
    if order.is_draft and order.awaits_agreement and allows(actor, "orders.agree_special_price", order):
        found.append(Deed(_("Agree to the special price"), "special-price/", "thumb-up", "plain" if refusal else "primary"))
    if order.is_draft and order.is_special_price and not refusal and allows(actor, "orders.agree_special_price", order):
        found.append(Deed(_("Decline the special price"), "special-price/refusal/", "thumb-down", "danger", DeclineForm(actor=actor, record=order)))
    if allows(actor, "orders.edit", order) and order.is_draft:
        found.append(Deed(_("Place the order"), "placement/", "shopping-cart", "primary" if not found else "plain", why_not=_why_not(order, refusal)))
    found += _added(deeds, order, actor)
    if order.is_placed and allows(actor, "orders.edit", order):
        found.append(Deed(_("Cancel the order"), "cancellation/", "circle-x", "danger", CancelForm(actor=actor, record=order)))
    return found


def _why_not(order, refusal):
    if refusal:
        return _("The special price was declined: change it, or ask for agreement after all.")
    if order.awaits_agreement:
        return _("The special price must be agreed to first.")
    if order.contract and not order.contract.is_in_force:
        return _("Contract %(number)s is not signed.") % {"number": order.contract}
    return ""


def _added(registry, order, actor):
    return [thing for _name, find in sorted(registry.items()) for thing in find(order, actor)]
