"""How long overdue money has been overdue, by the calendar day of the company (A8.5)."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import DecimalField, Q, Sum, Value
from django.db.models.functions import Coalesce

from crm.core import clock

# From so many days late to so many; the last one has no end.
BUCKETS = ((1, 30), (31, 60), (61, 90), (91, None))
NOTHING = Value(Decimal(0), output_field=DecimalField(max_digits=18, decimal_places=2))


@dataclass(frozen=True)
class Bucket:
    """So much is overdue between `first` and `last` days; `last` is None for the oldest."""

    first: int
    last: int | None
    amount: Decimal


def aging(instalments, today=None) -> list[Bucket]:
    """What is overdue among a selection of instalments, by its age; one query."""
    today = today or clock.today()
    sums = instalments.overdue(today).aggregate(
        **{f"from_{first}": Coalesce(Sum("open", filter=_between(today, first, last)), NOTHING) for first, last in BUCKETS}
    )
    return [Bucket(first, last, sums[f"from_{first}"]) for first, last in BUCKETS]


def _between(today, first, last):
    found = Q(due_on__lte=today - timedelta(first))
    return found & Q(due_on__gte=today - timedelta(last)) if last else found
