"""Opportunities past the longest stay of their stage: how many, over how much, and the first of them, without reading them all."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Count, Q, Sum
from django.utils import timezone

from crm.core import clock
from deals.opportunities.models import Opportunity, Stage
from deals.opportunities.queryset import RUNNING
from reports.pipeline.models import TeamRunningMonth
from reports.slices.amounts import total
from reports.slices.slices import Slice


def whole(part: Slice, stage: Stage | None = None) -> tuple[int, Decimal]:
    """How many there are, of one stage or of all, and the sum of their amounts."""
    if not part.is_wide(Opportunity):
        return _of_rows(_in(stage, part.rows(Opportunity).stagnant()))
    since = {one: _month(_latest(one)) for one in _stages(stage)}
    beyond = part.beyond_cells(Opportunity)
    found = [_of_cells(part, since), _of_rows(part.rows(Opportunity).running().filter(_any(since, _this_month)))]
    if beyond is not None:
        found.append(_of_rows(beyond.running().filter(_any(since, _earlier))))
    return sum(count for count, _amount in found), sum((amount for _count, amount in found), Decimal(0))


def first(part: Slice, number: int, stage: Stage | None = None):
    """The rows that have stayed longest; each stage walks its own index, so that nothing else is read."""
    heads = [
        part.rows(Opportunity).running().filter(stage=one, stage_since__lte=_latest(one)).order_by("stage_since", "pk").values("pk")[:number]
        for one in _stages(stage)
    ]
    if not heads:
        return Opportunity.objects.none()
    ids = heads[0].union(*heads[1:], all=True) if len(heads) > 1 else heads[0]
    return Opportunity.objects.filter(pk__in=ids).order_by("stage_since", "pk")[:number]


def _stages(stage):
    return [stage] if stage else list(Stage.objects.filter(kind__in=RUNNING))


def _in(stage, rows):
    return rows.filter(stage=stage) if stage else rows


def _latest(stage):
    """Whoever came into the stage by then has stayed too long."""
    return clock.now() - timedelta(stage.max_days)


def _month(moment):
    """The first day of the month of a moment, and that day's first moment."""
    day = timezone.localdate(moment, timezone.get_default_timezone()).replace(day=1)
    return day, datetime.combine(day, time(), timezone.get_default_timezone())


def _any(since, condition):
    return reduce(or_, (condition(stage, start) for stage, (_day, start) in since.items()), Q(pk__in=[]))


def _this_month(stage, start):
    return Q(stage=stage, stage_since__gte=start, stage_since__lte=_latest(stage))


def _earlier(stage, start):
    return Q(stage=stage, stage_since__lt=start)


def _of_cells(part, since):
    months = reduce(or_, (Q(stage_id=stage.pk, month__lt=day) for stage, (day, _start) in since.items()), Q(pk__in=[]))
    found = TeamRunningMonth.objects.filter(part.in_cells(Opportunity) & months).aggregate(count=Sum("opportunities"), amount=Sum("amount"))
    return found["count"] or 0, found["amount"] or Decimal(0)


def _of_rows(rows):
    found = rows.aggregate(count=Count("pk"), amount=total())
    return found["count"], found["amount"]
