"""Which instalment a payment settles: by default the one due first."""

from collections import defaultdict
from decimal import Decimal

from django.db.models import Sum

from deals.payments.models import Allocation, Instalment, Payment


def spread(amount, openings):
    """Fill one opening after the other: pairs of a key and its part, none of them zero; what is left over fits nowhere."""
    parts = []
    for key, opening in openings:
        part = min(amount, opening)
        if part > 0:
            parts.append((key, part))
            amount -= part
    return parts


def settle(payment, amount):
    """Let so much of a payment settle what its order still owes, the oldest due first."""
    openings = [(row, row.open) for row in _of(payment.order_id).with_open().filter(open__gt=0).due_first()]
    write(payment, spread(amount, openings))


def take_back(reversal, free):
    """Undo the settling of a payment by so much as was reversed: what was `free` of it first, then the latest due."""
    amount = -reversal.amount - min(free, -reversal.amount)
    settled = allocated(reversal.reverses)
    latest = sorted(settled, key=lambda row: (row.due_on, row.position), reverse=True)
    write(reversal, [(row, -part) for row, part in spread(amount, [(row, settled[row]) for row in latest])])


def settle_free(order):
    """Let money that settles nothing yet settle the order's instalments, the oldest first."""
    for payment in Payment.objects.filter(order=order, reverses=None).order_by("received_on", "pk"):
        settle(payment, left(payment) - sum(allocated(payment).values(), Decimal(0)))


def left(payment):
    """What is left of a payment after its reversals."""
    return payment.amount + (payment.reversals.aggregate(total=Sum("amount"))["total"] or 0)


def allocated(payment):
    """What a payment settles, its reversals counted: instalment → amount."""
    found = defaultdict(Decimal)
    family = [payment.pk, *payment.reversals.values_list("pk", flat=True)]
    for row in Allocation.objects.filter(payment__in=family).select_related("instalment"):
        found[row.instalment] += row.amount
    return {instalment: amount for instalment, amount in found.items() if amount}


def write(payment, parts):
    """Add allocations: pairs of instalment and signed amount."""
    Allocation.objects.bulk_create([Allocation(payment=payment, instalment=row, amount=part) for row, part in parts])


def _of(order_id):
    return Instalment.objects.filter(order=order_id)
