"""How long opportunities stay in each stage: the median of the stays that ended in a period."""

from collections import Counter
from dataclasses import dataclass

from django.db import connection

from crm.core import clock
from deals.opportunities.models import Opportunity, Stage
from reports.funnel import facts
from reports.kept.table import parameters
from reports.slices.medians import median
from reports.slices.periods import DAY, Period, month_after
from reports.slices.slices import Slice

FROM_ROWS = ("id", "owner_id", "team_id", "co_owner_id", "co_team_id", "opened_at", "deleted_at")


@dataclass(frozen=True)
class Stay:
    """The median days in one stage, now and before; None where nobody left it."""

    stage: Stage
    median: float | None
    before: float | None

    @property
    def slower(self) -> float:
        """By how many days it got slower."""
        return 0 if self.median is None or self.before is None else self.median - self.before

    @property
    def over(self) -> float:
        """By how many days the median is over the longest stay allowed; negative while it is within."""
        return float("-inf") if self.median is None else self.median - self.stage.max_days


def stays(part: Slice, period: Period) -> list[Stay]:
    """The stays in every open stage, compared with the whole period before: a median does not grow with time."""
    counts = _counts(part, period)
    stages = Stage.objects.filter(kind=Stage.Kind.OPEN)
    return [Stay(stage, median(counts.get((stage.pk, True))), median(counts.get((stage.pk, False)))) for stage in stages]


def _counts(part, period: Period) -> dict[tuple[int, bool], Counter]:
    """(Stage, whether in the period or in the one before) → days → how many stays."""
    before, first, last = period.previous.first, period.first, period.last
    if last >= clock.today():
        last = month_after(last, 1) - DAY
    whole_months = before.day == first.day == (last + DAY).day == 1
    from_cells = whole_months and part.has_cells(Opportunity)
    beside = part.beyond_cells(Opportunity) if from_cells else part.rows(Opportunity)
    given = parameters() | {"before": before, "first": first, "last": last}
    found: dict[tuple[int, bool], Counter] = {}
    for sql, scope in filter(None, (_cells(part) if from_cells else None, _rows(beside))):
        with connection.cursor() as cursor:
            cursor.execute(sql, given | scope)
            for stage, is_now, length, number in cursor.fetchall():
                found.setdefault((stage, is_now), Counter())[length] += number
    return found


OF_TEAMS = "SELECT stage_id, month >= %(first)s, days, sum(stays)::int FROM reports_teamstay"
OF_OWNER = "SELECT stage_id, month >= %(first)s, taken, count(*)::int FROM reports_staymonth CROSS JOIN unnest(days) AS taken"


def _cells(part):
    teams, of_one = part.teams_of_cells(Opportunity), part.owner is not None
    # Of a team asked for, only its own opportunities count, as in the list; beyond that, also those under its companies.
    columns = ("team_id",) if part.team is not None else ("team_id", "co_team_id")
    allowed = "TRUE" if teams is None else "({})".format(" OR ".join(f"{column} = ANY(%(teams)s)" for column in columns))
    owned = "owner_id = %(owner)s" if of_one else "TRUE"
    sql = f"{OF_OWNER if of_one else OF_TEAMS} WHERE month BETWEEN %(before)s AND %(last)s AND {owned} AND {allowed} GROUP BY 1, 2, 3"
    return sql, {"teams": teams, "owner": part.owner}


def _rows(opportunities):
    source = None if opportunities is None else facts.source(opportunities, FROM_ROWS)
    if source is None:
        return None
    lines = facts.stays(source[0])
    return f"SELECT stage_id, day >= %(first)s, days, count(*)::int FROM ({lines}) f WHERE day BETWEEN %(before)s AND %(last)s GROUP BY 1, 2, 3", source[1]
