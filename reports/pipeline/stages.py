"""The funnel of opportunities: what is open in each stage, and how far those opened in a period have got."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, OuterRef, Subquery

from crm.core import clock
from deals.opportunities.models import Opportunity, Stage, StageChange
from deals.opportunities.queryset import NO_WAY_ON
from reports.slices.amounts import total
from reports.slices.periods import Period
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
    rows = part.rows(Opportunity).running().order_by().values("stage").annotate(count=Count("pk"), sum=total())
    found = {row["stage"]: row for row in rows}
    stages = Stage.objects.filter(kind__in=(Stage.Kind.OPEN, Stage.Kind.PENDING_ORDER))
    nothing = {"count": 0, "sum": Decimal(0)}
    return [Open(stage, *(found.get(stage.pk, nothing)[name] for name in ("count", "sum"))) for stage in stages]


def passed(part: Slice, period: Period) -> list[Passed]:
    """How far the opportunities opened in a period have got by now; each counts once in every stage up to its furthest one.

    A stage that was skipped counts as passed, going back takes nothing away; void ones never were opportunities.
    """
    first, last = clock.bounds_of(period.first)[0], clock.bounds_of(period.last)[1]
    rows = part.rows(Opportunity).filter(opened_at__gte=first, opened_at__lt=last).exclude(state=Stage.Kind.VOID)
    moves = StageChange.objects.filter(opportunity=OuterRef("pk")).exclude(to_stage__kind__in=NO_WAY_ON)
    furthest = rows.annotate(furthest=Subquery(moves.order_by("-to_stage__position").values("to_stage__position")[:1]))
    ended = Counter(dict(furthest.order_by().values_list("furthest").annotate(Count("pk"))))
    stages = list(Stage.objects.exclude(kind__in=NO_WAY_ON))
    counts = [sum(count for position, count in ended.items() if position is not None and position >= stage.position) for stage in stages]
    following = [*counts[1:], None]
    return [
        Passed(stage, count, _share(count, counts[0]), None if after is None else _share(after, count))
        for stage, count, after in zip(stages, counts, following, strict=True)
    ]


def _share(part, whole):
    return part / whole if whole else None
