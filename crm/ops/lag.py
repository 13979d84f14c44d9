"""How far the dispatcher is behind: events that their readers have not had, and since when."""

from dataclasses import dataclass
from datetime import timedelta

from crm.activity.models import Delivery, Pending
from crm.core import clock
from crm.ops.glances import asked_once

# An event may be about a day long gone, so its own time proves nothing; of so many neighbours the youngest does.
NEIGHBOURS = 100


@dataclass(frozen=True)
class Lag:
    """The outbox at one moment; `parked` events were refused by a reader and are tried again."""

    pending: int
    oldest: timedelta | None
    parked: int


@asked_once
def state() -> Lag:
    """The outbox of the house."""
    first = list(Pending.objects.order_by("activity_id").values_list("activity__at", flat=True)[:NEIGHBOURS])
    oldest = max(timedelta(), clock.now() - max(first)) if first else None
    return Lag(Pending.objects.count(), oldest, Delivery.objects.count())


def parked(limit: int = 20) -> list[Delivery]:
    """What a reader could not take, the next to be tried first."""
    return list(Delivery.objects.select_related("activity").order_by("next_try")[:limit])
