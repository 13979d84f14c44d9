"""What an order owes: sums of signed rows, never a typed figure.

order amount = received − refunded + outstanding + bad debt (A8.2)
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, DecimalField, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from deals.orders.models import Order
from deals.payments.models import Payment

NOTHING = Value(Decimal(0), output_field=DecimalField(max_digits=18, decimal_places=2))


@dataclass(frozen=True)
class Balance:
    """The account of an order: `ordered` is what a placed order amounts to; a draft or a cancelled one owes nothing."""

    ordered: Decimal
    received: Decimal
    refunded: Decimal
    bad_debt: Decimal

    @property
    def kept(self) -> Decimal:
        """What came in and stayed."""
        return self.received - self.refunded

    @property
    def outstanding(self) -> Decimal:
        """What is still to come."""
        return self.ordered - self.kept - self.bad_debt

    @property
    def is_paid(self) -> bool:
        """Whether all of it came in, without a bad debt."""
        return self.ordered > 0 and self.kept == self.ordered


def balance(order) -> Balance:
    """The account of one order, one query."""
    return balances(Order._base_manager.filter(pk=order.pk))[order.pk]


def balances(orders) -> dict[int, Balance]:
    """The accounts of a selection of orders by their id, one query."""
    rows = (
        orders.order_by()
        .values("pk")
        .annotate(
            ordered=Case(When(state=Order.State.PLACED, then=F("amount")), default=NOTHING),
            received=_sum(Payment.Kind.RECEIPT),
            refunded=-_sum(Payment.Kind.REFUND),
            bad_debt=_sum(Payment.Kind.BAD_DEBT),
        )
    )
    return {row.pop("pk"): Balance(**row) for row in rows}


def share(kept, ordered) -> int:
    """How much of what is owed has come in, in percent, the same on every page; 100 only once nothing is missing.

    Owed is what was ordered (A8.2): a contract alone owes nothing, and may be worth more than its orders so far.
    """
    if kept >= ordered:
        return 100 if kept else 0
    return min(99, round(kept * 100 / ordered))


def _sum(kind):
    return Coalesce(Sum("payments__amount", filter=Q(payments__kind=kind)), NOTHING)
