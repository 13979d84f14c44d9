"""The figures of data quality: made every night from the rows, kept by owner, summed up for teams and for the house."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, F, Model, Q, Sum

from crm.core import clock
from customers.companies import flaws as of_companies
from customers.companies.flaws import DIMENSIONS
from customers.companies.models import Company
from customers.contacts import flaws as of_contacts
from customers.contacts.models import Contact
from customers.quality.models import FixTask, QualityDay, QualityGoal

KEPT = timedelta(days=400)
WEEK = timedelta(days=7)
USUAL_GOAL = 90


@dataclass(frozen=True)
class Measured:
    """A kind of record whose quality is measured: its rows, the condition of each dimension, and the list behind the figures."""

    model: type[Model]
    flawed: Callable[..., Q]
    list_url: str


MEASURED = {
    "companies": Measured(Company, of_companies.flawed, "/customers/companies/"),
    "contacts": Measured(Contact, of_contacts.flawed, "/customers/contacts/"),
}


def goals() -> dict[str, int]:
    """The line that each dimension should reach, in percent."""
    found = dict(QualityGoal.objects.values_list("dimension", "percent"))
    return {dimension: found.get(dimension, USUAL_GOAL) for dimension in DIMENSIONS}


def measure() -> int:
    """Make the figures of today; made twice, the later ones count. How many owners they are kept for."""
    today, aims = clock.today(), goals()
    rows = [row for noun in MEASURED for row in _rows(noun, today, aims)]
    with transaction.atomic():
        QualityDay.objects.filter(Q(day=today) | Q(day__lt=today - KEPT)).delete()
        QualityDay.objects.bulk_create(rows, batch_size=1000)
        _close_done(aims)
    return len(rows)


def _rows(noun, day, aims):
    """One row for each owner and team; a statement for each dimension, so that each finds its own way through the indexes."""
    measured = MEASURED[noun]
    live = measured.model.objects.live().order_by()
    found = {}
    for owner, team, records, filled in live.values_list("owner_id", "team_id").annotate(n=Count("pk"), filled=Sum("completeness")):
        nothing = dict.fromkeys(DIMENSIONS, 0)
        found[owner, team] = QualityDay(day=day, noun=noun, owner_id=owner, team_id=team, records=records, filled=filled or 0, **nothing)
    for dimension in DIMENSIONS:
        short = live.filter(measured.flawed(dimension, aims[dimension]))
        for owner, team, count in short.values_list("owner_id", "team_id").annotate(n=Count("pk")):
            setattr(found[owner, team], dimension, count) if (owner, team) in found else None
    return found.values()


def _close_done(aims):
    """A task of which nothing is left is done."""
    for task in FixTask.objects.filter(done_at=None):
        if not left_of(task, aims):
            FixTask.objects.filter(pk=task.pk).update(done_at=clock.now())


def left_of(task, aims=None) -> int:
    """How many records of a task still fall short."""
    measured = MEASURED[task.noun]
    condition = measured.flawed(task.dimension, (aims or goals())[task.dimension])
    return measured.model.objects.live().filter(condition, owner=task.owner_id).count()


@dataclass(frozen=True)
class Score:
    """How far some records have come in one dimension: the share in percent, and how many fall short."""

    dimension: str
    records: int
    short: int
    percent: float | None

    @classmethod
    def of(cls, dimension, sums) -> "Score":
        """From the sums of kept rows; without records there is no share."""
        records, short = sums["records"] or 0, sums[dimension] or 0
        if not records:
            return cls(dimension, 0, 0, None)
        share = (sums["filled"] or 0) / records if dimension == "completeness" else 100 * (records - short) / records
        return cls(dimension, records, short, share)


SUMS = {name: Sum(name) for name in ("records", "filled", *DIMENSIONS)}


def latest(noun: str, rows=None) -> date | None:
    """The last day with figures."""
    return (QualityDay.objects if rows is None else rows).filter(noun=noun).order_by("-day").values_list("day", flat=True).first()


def scores(rows) -> dict[str, Score]:
    """Dimension → score over these kept rows."""
    sums = rows.order_by().aggregate(**SUMS)
    return {dimension: Score.of(dimension, sums) for dimension in DIMENSIONS}


def by(rows, *names) -> list[tuple[dict, dict[str, Score]]]:
    """The scores of each group of rows: pairs of what the group has in common and its scores."""
    grouped = rows.order_by().values(*names).annotate(**SUMS).order_by(*(F(name).asc(nulls_last=True) for name in names))
    return [({name: row[name] for name in names}, {dimension: Score.of(dimension, row) for dimension in DIMENSIONS}) for row in grouped]
