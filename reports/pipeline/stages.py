"""The funnel of opportunities: what is open in each stage, and how far those opened in a period have got."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from django.db.models import Count, OuterRef, Subquery, Sum

from crm.core import clock
from deals.opportunities.models import Opportunity, Stage, StageChange
from deals.opportunities.queryset import NO_WAY_ON
from reports.pipeline.models import OpenedMonth, TeamRunningMonth
from reports.slices.amounts import total
from reports.slices.periods import Period, split_months
from reports.slices.slices import Slice

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Open:
    """What stands in a stage now: how many, their amount, and that amount times the stage's probability (A10.3)."""

    stage: Stage
    count: int
    amount: Decimal

    @property
    def weighted(self) -> Decimal:
        """Σ amount × probability; the probability is that of the stage."""
        return (self.amount * self.stage.probability / HUNDRED).quantize(Decimal("0.01"))


@dataclass(frozen=True)
class Passed:
    """How many got as far as a stage: of all (`overall`), and of those in it how many got to the next one (`onwards`)."""

    stage: Stage
    count: int
    overall: float | None
    onwards: float | None


def open_now(part: Slice) -> list[Open]:
    """The running opportunities by stage, in the order of the stages."""
    found: dict = {}
    for stage, count, amount in chain.from_iterable(_running(part)):
        before = found.get(stage, (0, Decimal(0)))
        found[stage] = before[0] + count, before[1] + amount
    stages = Stage.objects.filter(kind__in=(Stage.Kind.OPEN, Stage.Kind.PENDING_ORDER))
    return [Open(stage, *found.get(stage.pk, (0, Decimal(0)))) for stage in stages]


def passed(part: Slice, period: Period) -> list[Passed]:
    """How far the opportunities opened in a period have got by now; each counts once in every stage up to its furthest one.

    A stage that was skipped counts as passed, going back takes nothing away; void ones never were opportunities.
    """
    positions = dict(Stage.objects.values_list("pk", "position"))
    ended: Counter = Counter()
    for furthest, count in chain.from_iterable(_opened(part, period)):
        ended[positions.get(furthest)] += count
    stages = list(Stage.objects.exclude(kind__in=NO_WAY_ON))
    counts = [sum(count for position, count in ended.items() if position is not None and position >= stage.position) for stage in stages]
    following = [*counts[1:], None]
    return [
        Passed(stage, count, _share(count, counts[0]), None if after is None else _share(after, count))
        for stage, count, after in zip(stages, counts, following, strict=True)
    ]


def _running(part):
    """Rows of stage, count and amount; from cells beyond one team."""
    if not part.is_wide(Opportunity):
        return [_running_rows(part.rows(Opportunity))]
    cells = TeamRunningMonth.objects.filter(part.in_cells(Opportunity)).order_by().values_list("stage_id")
    return [cells.annotate(Sum("opportunities"), Sum("amount")), _running_rows(part.beyond_cells(Opportunity))]


def _running_rows(rows):
    if rows is None:
        return []
    return rows.running().order_by().values_list("stage").annotate(Count("pk"), sum=total())


def _opened(part, period):
    """Rows of the furthest stage and the number of those opened in the period that got so far; whole months from cells."""
    if not part.is_wide(Opportunity):
        return [_opened_rows(part.rows(Opportunity), period.first, period.last)]
    months, edges = split_months(period.first, period.last)
    found = [_opened_rows(part.rows(Opportunity), *edge) for edge in edges]
    for first, last in months:
        cells = OpenedMonth.objects.filter(part.in_cells(Opportunity), month__range=(first, last))
        found += [cells.order_by().values_list("furthest_id").annotate(Sum("opportunities")), _opened_rows(part.beyond_cells(Opportunity), first, last)]
    return found


def _opened_rows(opportunities, first, last):
    if opportunities is None:
        return []
    rows = opportunities.filter(opened_at__gte=clock.bounds_of(first)[0], opened_at__lt=clock.bounds_of(last)[1]).exclude(state=Stage.Kind.VOID)
    moves = StageChange.objects.filter(opportunity=OuterRef("pk"), is_taken_back=False).exclude(to_stage__kind__in=NO_WAY_ON)
    furthest = rows.annotate(furthest=Subquery(moves.order_by("-to_stage__position").values("to_stage")[:1]))
    return furthest.order_by().values_list("furthest").annotate(Count("pk"))


def _share(part, whole):
    return part / whole if whole else None
