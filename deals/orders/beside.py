"""A contract beside its orders: what it is worth, what stands on it, and whether the two agree."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from crm.web import formats
from crm.web.amounts import readable
from deals.orders.models import Order


@dataclass(frozen=True)
class Beside:
    """The amount of a contract, of one of its orders, and of the others that stand (drafts too)."""

    contract: object
    own: Decimal
    others: Decimal

    @property
    def over(self) -> Decimal:
        """By how much the orders exceed the contract; negative while they stay below."""
        return self.own + self.others - self.contract.amount


def beside(contract, own, currency, *, order=None) -> Beside | None:
    """How an order of this amount stands to its contract; None without one, or where the two are in different currencies."""
    if contract is None or contract.currency != currency:
        return None
    rows = Order.objects.live().exclude(state=Order.State.CANCELLED).filter(contract=contract, currency=currency)
    others = (rows.exclude(pk=order.pk) if order else rows).aggregate(total=Sum("amount"))["total"]
    return Beside(contract, own, others or Decimal(0))


def of_order(order) -> Beside | None:
    """How a saved order stands to its contract; nothing is owed under one that was cancelled."""
    if order.state == Order.State.CANCELLED:
        return None
    return beside(order.contract, order.amount, order.currency, order=order)


def may_read(actor) -> bool:
    """Whether this person reads both amounts whole."""
    return readable(actor, "contracts.amount") and readable(actor, "orders.amount")


def warning(found, actor) -> str:
    """The sentence that says by how much orders and contract differ; nothing where they agree."""
    if found is None or not found.over or not may_read(actor):
        return ""
    currency = found.contract.currency
    facts = {
        "number": found.contract.number,
        "contract": formats.money(found.contract.amount, currency),
        "orders": formats.money(found.own + found.others, currency),
        "difference": formats.money(abs(found.over), currency),
    }
    if found.over > 0:
        return _("The orders under contract %(number)s come to %(orders)s: %(difference)s more than its %(contract)s.") % facts
    return _("The orders under contract %(number)s come to %(orders)s: %(difference)s less than its %(contract)s.") % facts
