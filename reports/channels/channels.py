"""What each channel brings: how often we used it, how satisfied customers were, and how often the agreed next step was reached."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, DateTimeField, Exists, F, Func, IntegerField, OuterRef, Q, Sum, Value

from crm.core import clock
from interactions.followups.models import Channel, FollowUp
from interactions.log.models import Interaction
from reports.channels.models import ChannelMonth
from reports.slices.periods import Period, split_months
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
    found: Counter = Counter()
    for selection in _selections(part, period):
        for channel, *values in selection:
            found.update({(channel, place): value for place, value in enumerate(values)})
    channels = {channel for (channel, place), value in found.items() if place == 0 and value}
    lines = [Effect(Channel(channel), *(found[channel, place] for place in range(5))) for channel in channels]
    return sorted(lines, key=lambda line: (-line.contacts, line.channel.value))


def _selections(part, period):
    """Rows of channel and its five numbers from cells and from the contacts themselves, which together are the answer."""
    if not part.is_wide(Interaction):
        return [_of_rows(part.rows(Interaction), period.first, period.last)]
    months, edges = split_months(period.first, period.last)
    found = [_of_rows(part.rows(Interaction), *edge) for edge in edges]
    for first, last in months:
        found.append(_of_cells(part, first, last))
        beyond = part.beyond_cells(Interaction)
        found.append([] if beyond is None else _of_rows(beyond, first, last))
    return found


def _of_cells(part, first, last):
    cells = ChannelMonth.objects.filter(part.in_cells(Interaction), month__range=(first, last)).order_by().values_list("channel")
    grown_up = Sum(F("decided") + UpTo("undone", Value(clock.now() - IN_TIME, output_field=DateTimeField())))
    return cells.annotate(Sum("contacts"), Sum("rated"), Sum("satisfied"), grown_up=grown_up, kept=Sum("reached"))


def _of_rows(contacts, first, last):
    rows = contacts.filter(at__gte=clock.bounds_of(first)[0], at__lt=clock.bounds_of(last)[1])
    agreed = FollowUp.objects.live().filter(agreed_in=OuterRef("pk"))
    kept = Q(state=FollowUp.State.DONE, closed_at__lte=OuterRef("at") + IN_TIME)
    waiting = Q(state=FollowUp.State.OPEN) & Q(agreed_in__at__gt=clock.now() - IN_TIME)
    return (
        rows.annotate(kept=Exists(agreed.filter(kept)), decided=Exists(agreed.exclude(waiting)))
        .order_by()
        .values_list("channel")
        .annotate(
            Count("pk"),
            Count("satisfaction"),
            satisfied=Count("pk", filter=Q(satisfaction__gte=SATISFIED)),
            decisions=Count("pk", filter=Q(decided=True)),
            reached=Count("pk", filter=Q(kept=True)),
        )
    )


class UpTo(Func):
    """How many of an array of times lie no later than a moment."""

    template = "(SELECT count(*) FROM unnest(%(expressions)s))"
    arg_joiner = ") AS one WHERE one <= ("
    output_field = IntegerField()
