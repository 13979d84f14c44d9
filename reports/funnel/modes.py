"""The three ways to look at the chain, each as the steps now and the steps it is compared with.

Stock: who stands where now, against the end of the month before. Period: who reached each step in the period, against as much of
the period before. Cohort: what became of those who came in in the period, against those of the period before at the same age.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from crm.core import clock
from customers.companies.models import Step
from reports.funnel import reading
from reports.funnel.reading import Reached
from reports.slices.asking import Question
from reports.slices.periods import DAY, Period, present
from reports.slices.slices import Slice

STOCK, PERIOD, COHORT = "stock", "period", "cohort"
MODES = {STOCK: _("Stock now"), PERIOD: _("In the period"), COHORT: _("Cohort")}
# In the address; the cohort is what the page is for, and so the usual way to look.
OWN, USUAL = {"mode": MODES}, {"mode": COHORT}


@dataclass(frozen=True)
class Asked:
    """What the page is asked: the way to look, the time, and whose customers."""

    mode: str
    period: Period
    part: Slice

    @property
    def before(self) -> Period:
        """The period it is compared with, cut to the same age where that matters."""
        if self.mode == COHORT:
            return self.period.at_equal_age(clock.today())[0]
        return self.period.so_far_before(clock.today())

    @property
    def seen_before(self) -> date:
        """The day on which the cohort before was as old as this one is today."""
        return self.period.at_equal_age(clock.today())[1]

    @property
    def end_of_last_month(self) -> date:
        """What the stock of today is compared with."""
        return clock.today().replace(day=1) - DAY


@dataclass(frozen=True)
class Chain:
    """The four steps: `shown` is what stands on the page, `base` what rates are taken of (the same but for the stock)."""

    shown: dict[int, Reached]
    base: dict[int, Reached]

    def rate(self, step) -> float | None:
        """The share of those at a step who went on to the next one; None where there was nobody."""
        came, went = self.base[step].customers, self.base[step + 1].customers
        return went / came if came else None

    def rates(self) -> list[float | None]:
        """The rates of the three transitions."""
        return [self.rate(step) for step, _next in pairwise(Step)]


def asked_by(question: Question) -> Asked:
    """The question of an address as the funnel understands it; the stock is that of today, whatever period is kept for the other ways."""
    mode = question.choice("mode")
    return Asked(mode, present("quarter") if mode == STOCK else question.period, question.part)


def look(asked: Asked) -> tuple[Chain, Chain]:
    """The chain now and the one it is compared with."""
    part, period, before = asked.part, asked.period, asked.before
    if asked.mode == COHORT:
        now = reading.reached(part, entered=(period.first, period.last))
        then = reading.reached(part, entered=(before.first, before.last), reached=(None, asked.seen_before))
    elif asked.mode == PERIOD:
        now = reading.reached(part, reached=(period.first, period.last))
        then = reading.reached(part, reached=(before.first, before.last))
    else:
        ever = reading.reached(part)
        then = reading.reached(part, reached=(None, asked.end_of_last_month))
        return Chain(reading.standing(part), ever), Chain(_left_standing(then), then)
    return Chain(now, now), Chain(then, then)


def look_by(asked: Asked, who: str) -> tuple[dict, dict]:
    """How many of each owner or team reached each step, now and before."""
    part, period, before = asked.part, asked.period, asked.before
    if asked.mode == COHORT:
        now = reading.reached_by(part, who, entered=(period.first, period.last))
        then = reading.reached_by(part, who, entered=(before.first, before.last), reached=(None, asked.seen_before))
        return now, then
    if asked.mode == PERIOD:
        now = reading.reached_by(part, who, reached=(period.first, period.last))
        return now, reading.reached_by(part, who, reached=(before.first, before.last))
    return reading.reached_by(part, who), reading.reached_by(part, who, reached=(None, asked.end_of_last_month))


def _left_standing(reached):
    """Who stood at each step: those who had reached it less those who had gone on. Money of the past is not known."""
    left = {}
    for step in Step:
        gone_on = reached[step + 1].customers if step < Step.PAID else 0
        left[step.value] = Reached(reached[step].customers - gone_on)
    return left
