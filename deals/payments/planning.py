"""The verb that plans when an order is to be paid."""

from decimal import Decimal

from crm.activity import ownership
from crm.activity.spine import change
from crm.core import clock
from deals.payments import allocation, events
from deals.payments.cleaning import clean_plan
from deals.payments.models import Allocation, Instalment
from deals.payments.services import refuse_unplaced


def plan(order, parts, *, by):
    """Plan an order's payments: pairs of due day and amount that make up what no instalment has settled yet.

    What is settled stays: a paid instalment keeps its day, one paid in part shrinks to what was paid. Money that came
    in before there was a plan settles the new instalments at once, the oldest due first.
    """
    with change(events.PLANNED, order, by=by, right="instalments.edit") as (order, found):
        refuse_unplaced(order)
        rows = list(Instalment.objects.filter(order=order).with_open().due_first())
        kept = [row for row in rows if row.settled]
        parts = clean_plan(parts, wanted=order.amount - sum((row.settled for row in kept), Decimal(0)), currency=order.currency)
        unpaid = [(row.due_on, row.open) for row in rows if row.open]
        if unpaid == parts:
            found.subject = None
            return rows
        _remove([row for row in rows if not row.settled])
        _shrink(kept)
        _add(order, parts, after=len(kept))
        allocation.settle_free(order)
        found.data.update(number=order.number, parts=[[day.isoformat(), str(amount)] for day, amount in parts])
        found.about_of(order, "company", "contract", "opportunity")
        return list(Instalment.objects.filter(order=order).due_first())


def unsettled(order) -> Decimal:
    """What a new plan of the order has to make up: all that no instalment has settled yet."""
    rows = Instalment.objects.filter(order=order).with_open()
    return order.amount - sum((row.settled for row in rows), Decimal(0))


def _remove(rows):
    # What was settled and taken back again leaves rows that add up to nothing; they go with their instalment.
    Allocation.objects.filter(instalment__in=rows).delete()
    Instalment.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _shrink(rows):
    """Settled instalments are as large as what settled them, and numbered from one again."""
    for position, row in enumerate(sorted(rows, key=lambda row: row.position), start=1):
        if (row.amount, row.position) != (row.settled, position):
            row.amount, row.position = row.settled, position
            row.store("amount", "position")


def _add(order, parts, *, after):
    rows = [
        Instalment(
            created_at=clock.now(),
            updated_at=clock.now(),
            company=order.company,
            order=order,
            position=position,
            due_on=due_on,
            amount=amount,
        )
        for position, (due_on, amount) in enumerate(parts, start=after + 1)
    ]
    for row in rows:
        ownership.own(row, order.owner, order.company)
    Instalment.objects.bulk_create(rows)
