"""Months of coming in against months since: which share had gone on by then."""

from dataclasses import dataclass
from datetime import date

from crm.core import clock
from reports.funnel import reading
from reports.slices.periods import DAY, month_after
from reports.slices.slices import Slice

MONTHS = 6


@dataclass(frozen=True)
class Cohort:
    """Those who came in in one month and reached a step: how many, and how many had gone on after 0, 1, 2 … months."""

    month: date
    customers: int
    gone_on: tuple[int, ...]

    def rate(self, months) -> float | None:
        """The share that had gone on after so many months; None where that lies ahead."""
        if months >= len(self.gone_on) or not self.customers:
            return None
        return self.gone_on[months] / self.customers


def cohorts(part: Slice, step: int, last: date) -> list[Cohort]:
    """The six months up to the one of this day, each as far as today."""
    this_month = clock.today().replace(day=1)
    newest = min(last.replace(day=1), this_month)
    months = [month_after(newest, -back) for back in reversed(range(MONTHS))]
    came, went = dict.fromkeys(months, 0), {month: {} for month in months}
    entered = (months[0], month_after(newest, 1) - DAY)
    for month, reached_step, reached, customers in reading.counted(part, ("entered", "step", "month"), entered=entered):
        if reached_step == step:
            came[month] += customers
        elif reached_step == step + 1:
            went[month][reached] = went[month].get(reached, 0) + customers
    return [Cohort(month, came[month], _added_up(month, went[month], this_month)) for month in months]


def _added_up(month, went, this_month):
    total, found = 0, []
    for later in range(MONTHS):
        reached = month_after(month, later)
        if reached > this_month:
            break
        total += went.get(reached, 0)
        found.append(total)
    return tuple(found)
