"""The list behind every figure: its count is the figure."""

from datetime import date
from urllib.parse import parse_qsl, urlencode

from crm.core import clock
from customers.companies.models import Step
from reports.funnel.modes import COHORT, PERIOD, Asked
from reports.slices.periods import DAY, month_after

COMPANIES = "/customers/companies/"
OPPORTUNITIES = "/deals/opportunities/"
# The filter of companies that says when a step was reached.
FILTERS = {Step.POTENTIAL: "potential", Step.OPPORTUNITY: "opportunity", Step.SIGNED: "signed", Step.PAID: "paid"}


def of_step(asked: Asked, step) -> str:
    """The customers counted at a step."""
    if asked.mode == COHORT:
        return companies(asked, _cohort(step, asked.period.first, asked.period.last, clock.today()))
    if asked.mode == PERIOD:
        return companies(asked, _between(step, asked.period.first, asked.period.last))
    return companies(asked, {"step": int(step)})


def of_step_before(asked: Asked, step) -> str:
    """Those it is compared with; who stood where in the past no list can tell."""
    before = asked.before
    if asked.mode == COHORT:
        return companies(asked, _cohort(step, before.first, before.last, asked.seen_before))
    return companies(asked, _between(step, before.first, before.last)) if asked.mode == PERIOD else ""


def of_cohort_cell(asked: Asked, entered: date, step, months: int | None = None) -> str:
    """Those who came in in a month and reached a step within so many months after it, or at all."""
    end = month_after(entered, 1) - DAY
    seen = clock.today() if months is None else min(month_after(entered, months + 1) - DAY, clock.today())
    return companies(asked, _cohort(step, entered, end, seen))


def not_gone_on(asked: Asked, step) -> str:
    """Those who stand at a step now, in a cohort or period only those counted there."""
    if asked.mode == COHORT:
        return companies(asked, _between(Step.POTENTIAL, asked.period.first, asked.period.last) | {"step": int(step)})
    if asked.mode == PERIOD:
        return companies(asked, _between(step, asked.period.first, asked.period.last) | {"step": int(step)})
    return companies(asked, {"step": int(step)})


def companies(asked: Asked, parameters) -> str:
    """The list of companies with these filters, for the same part of the firm."""
    return f"{COMPANIES}?{urlencode(parameters | asked.part.parameters())}"


def opportunities(asked: Asked, parameters) -> str:
    """The list of opportunities with these filters, for the same part of the firm."""
    return f"{OPPORTUNITIES}?{urlencode(parameters | asked.part.parameters())}"


def narrowed(url: str, parameters) -> str:
    """The same list with these filters as well; where the list is narrowed by the same name already, the closer one counts."""
    path, _mark, query = url.partition("?")
    return f"{path}?{urlencode(dict(parse_qsl(query)) | parameters)}"


def _between(step, first, last):
    name = FILTERS[Step(step)]
    return {f"{name}_after": first.isoformat(), f"{name}_before": last.isoformat()}


def _cohort(step, first, last, seen):
    came_in = _between(Step.POTENTIAL, first, last)
    return came_in if step == Step.POTENTIAL else came_in | {f"{FILTERS[Step(step)]}_before": seen.isoformat()}
