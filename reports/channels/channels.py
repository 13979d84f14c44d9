"""What each channel brings: how often we used it, how satisfied customers were, and how often the agreed next step was reached."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q

from crm.core import clock
from interactions.followups.models import Channel, FollowUp
from interactions.log.models import Interaction
from reports.slices.periods import Period
from reports.slices.slices import Slice

# Of the marks 1 to 5, from here on a customer is satisfied.
SATISFIED = 4
IN_TIME = timedelta(14)


@dataclass(frozen=True)
class Effect:
    """One channel: its contacts; of those that were rated, the satisfied ones; of those that agreed a next step, the ones that reached it.

    A next step counts as reached when it was done within 14 days of the contact. One that is still open and has time
    left counts neither way.
    """

    channel: Channel
    contacts: int
    rated: int
    satisfied: int
    decided: int
    reached: int

    @property
    def satisfaction(self) -> float | None:
        """The share of ratings of 4 and 5; None without ratings."""
        return self.satisfied / self.rated if self.rated else None

    @property
    def success(self) -> float | None:
        """The share of next steps that were reached in time; None where none was to be reached yet."""
        return self.reached / self.decided if self.decided else None


def effects(part: Slice, period: Period) -> list[Effect]:
    """A line for each channel that was used, the most used first."""
    first, last = clock.bounds_of(period.first)[0], clock.bounds_of(period.last)[1]
    rows = part.rows(Interaction).filter(at__gte=first, at__lt=last)
    agreed = FollowUp.objects.live().filter(agreed_in=OuterRef("pk"))
    kept = Q(state=FollowUp.State.DONE, closed_at__lte=OuterRef("at") + IN_TIME)
    waiting = Q(state=FollowUp.State.OPEN) & Q(agreed_in__at__gt=clock.now() - IN_TIME)
    found = (
        rows.annotate(kept=Exists(agreed.filter(kept)), decided=Exists(agreed.exclude(waiting)))
        .order_by()
        .values("channel")
        .annotate(
            contacts=Count("pk"),
            rated=Count("satisfaction"),
            satisfied=Count("pk", filter=Q(satisfaction__gte=SATISFIED)),
            decisions=Count("pk", filter=Q(decided=True)),
            reached=Count("pk", filter=Q(kept=True)),
        )
    )
    return [
        Effect(Channel(row["channel"]), row["contacts"], row["rated"], row["satisfied"], row["decisions"], row["reached"])
        for row in found.order_by(F("contacts").desc(), "channel")
    ]
