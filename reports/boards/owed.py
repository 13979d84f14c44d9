"""What should have been paid: how many instalments, how much, and the oldest of them."""

from datetime import date
from decimal import Decimal

from django.db.models import Count, Sum

from deals.payments.models import Instalment
from reports.boards.models import OwedDay
from reports.slices.slices import Slice


def before(part: Slice, day: date) -> tuple[int, Decimal]:
    """How many instalments due before a day are not settled, and what is open of them."""
    if not part.is_wide(Instalment):
        return _of_rows(part.rows(Instalment), day)
    cells = OwedDay.objects.filter(part.in_cells(Instalment), day__lt=day).aggregate(count=Sum("instalments"), sum=Sum("open"))
    found, beyond = (cells["count"] or 0, cells["sum"] or Decimal(0)), part.beyond_cells(Instalment)
    others = (0, Decimal(0)) if beyond is None else _of_rows(beyond, day)
    return found[0] + others[0], found[1] + others[1]


def oldest(part: Slice, day: date, number: int):
    """The rows due first; beyond one team only those days are read on which cells say that something is open."""
    rows = part.rows(Instalment).overdue(day).order_by("due_on", "pk")
    beyond = part.beyond_cells(Instalment) if part.is_wide(Instalment) else None
    if not part.is_wide(Instalment) or (beyond is not None and beyond.filter(due_on__lt=day).exists()):
        return rows[:number]
    return rows.filter(due_on__in=_first_days(part, day, number))[:number]


def _first_days(part, day, number):
    """The earliest days on which so many instalments are open."""
    cells = OwedDay.objects.filter(part.in_cells(Instalment), day__lt=day).order_by("day").values_list("day").annotate(Sum("instalments"))
    found, days = 0, []
    for one, instalments in cells[:number]:
        days.append(one)
        found += instalments
        if found >= number:
            break
    return days


def _of_rows(rows, day):
    found = rows.overdue(day).aggregate(sum=Sum("open"), count=Count("pk"))
    return found["count"], found["sum"] or Decimal(0)
