"""How many customers reached which step: from the summaries for the firm and for one person, from the rows themselves for one team.

A question is a `Slice`, the days on which the customers came in (`entered`) and the days on which they reached the step
(`reached`), each a pair of first and last day or None, either end open. Whole months are read from the cells of months, the
days at the edges from the cells of days; what cells cannot tell, from the rows: customers who came in in a part of a month,
and those a person sees by another way than their team.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

from crm.core import clock
from customers.companies.models import Company, Step
from reports.funnel import facts
from reports.kept.table import parameters
from reports.slices.medians import median
from reports.slices.periods import DAY, month_after, split_months
from reports.slices.slices import Slice

BEGINNING, END = date(1900, 1, 1), date(2999, 12, 31)
# What a selection tells: the number of customers alone, or also their money and days.
COUNTS, STORY = "counts", "story"
NO_TIMES = "NULL::int[] AS times"
WAITS = "CASE WHEN waited IS NULL THEN '{}'::int[] ELSE ARRAY[waited] END AS waits"
FROM_ROWS = ("id", "owner_id", "team_id", "pool_id", "step", "potential_at", "opportunity_at", "signed_at", "paid_at", "deleted_at")


@dataclass(frozen=True)
class Cells:
    """One of the tables, the column of its time, and what its rows say of owner, team, month and how often a wait came."""

    table: str
    column: str
    who: str
    times: str = NO_TIMES

    @property
    def month(self):
        """The month of its time."""
        return "month" if self.column == "month" else "date_trunc('month', day)::date"


OWNER_DAY = Cells("funnelday", "day", "owner_id, team_id")
TEAM_MONTH = Cells("funnelmonth", "month", "0 AS owner_id, team_id")
FIRM_DAY = Cells("funnelfirmday", "day", "0 AS owner_id, 0 AS team_id", "times")
FIRM_MONTH = Cells("funnelfirmmonth", "month", "0 AS owner_id, 0 AS team_id", "times")


@dataclass(frozen=True)
class Reached:
    """The customers who reached a step: how many, their money at it, and the median of their days since the step before."""

    customers: int = 0
    amount: Decimal = Decimal(0)
    median: float | None = None


NOBODY = Reached()


def reached(part: Slice, *, entered=None, reached=None) -> dict[int, Reached]:
    """Step → who reached it; steps that nobody reached are there too."""
    found = {row[0]: Reached(*row[1:]) for row in grouped(part, ("step",), entered=entered, reached=reached)}
    return {step.value: found.get(step, NOBODY) for step in Step}


def reached_by(part: Slice, who: str, *, entered=None, reached=None) -> dict[int, dict[int, int]]:
    """How many reached each step, for each owner or team (`who`) by id."""
    found: dict = {}
    for key, step, customers in counted(part, (who, "step"), entered=entered, reached=reached):
        found.setdefault(key, {})[step] = customers
    return found


def standing(part: Slice) -> dict[int, Reached]:
    """Step → the customers who stand at it now, with their money at it."""
    kept = part.has_cells(Company)
    beside = part.beyond_cells(Company) if kept else part.rows(Company)
    parts, given = _union([_stock(part) if kept else None, _standing_rows(beside)])
    rows = _fetch(f"SELECT step, sum(customers)::int, sum(amount) FROM ({parts}) p GROUP BY step", given) if parts else []
    found = {row[0]: Reached(*row[1:]) for row in rows}
    return {step.value: found.get(step, NOBODY) for step in Step}


def counted(part: Slice, columns, *, entered=None, reached=None):
    """Rows of the columns asked for and the number of customers: what is cheaper than the whole story."""
    parts, given = _union(_sources(part, columns, _range(entered), _range(reached), COUNTS))
    names = ", ".join(columns)
    return _fetch(f"SELECT {names}, sum(customers)::int FROM ({parts}) p GROUP BY {names} ORDER BY {names}", given) if parts else []


def grouped(part: Slice, columns, *, entered=None, reached=None):
    """Rows of the columns asked for, the number of customers, their money, and the median of their days."""
    parts, given = _union(_sources(part, columns, _range(entered), _range(reached), STORY))
    if not parts:
        return []
    names = ", ".join(columns)
    rows = _fetch(
        f"""
        WITH p AS MATERIALIZED ({parts})
        SELECT {names}, customers, amount, waits, times
          FROM (SELECT {names}, sum(customers)::int AS customers, sum(amount) AS amount FROM p GROUP BY {names}) s
          LEFT JOIN (SELECT {names}, array_agg(wait) AS waits, array_agg(n) AS times
                       FROM (SELECT {names}, wait, sum(coalesce(n, 1))::int AS n
                               FROM p CROSS JOIN unnest(p.waits, p.times) AS w(wait, n) GROUP BY {names}, wait) o
                      GROUP BY {names}) m USING ({names})
         ORDER BY {names}""",
        given,
    )
    return [(*row[:-2], median(_counter(*row[-2:]))) for row in rows]


def _counter(waits, times):
    return Counter(dict(zip(waits or (), times or (), strict=True)))


def _sources(part, columns, entered, reached, what):
    """The selections whose union answers: pairs of SQL and parameters."""
    if not part.has_cells(Company):
        return [_rows(part.rows(Company), entered, reached, what)]
    months, edges = split_months(*_implied(entered, reached))
    in_month, on_day = _tables(part, columns)
    whole, odd = split_months(*reached) if in_month else ([], [reached])
    found = [_rows(part.rows(Company), edge, reached, what) for edge in edges]
    for known in months:
        found += [_cells(part, in_month, known, one, what) for one in whole]
        found += [_cells(part, on_day, known, one, what) for one in odd]
        found.append(_rows(part.beyond_cells(Company), known, reached, what))
    return found


def _tables(part, columns):
    """Where whole months and single days are read; the cells of one person are so few that they are kept by day alone."""
    if part.owner is not None:
        return None, OWNER_DAY
    of_firm = part.teams_of_cells(Company) is None and not {"owner_id", "team_id"} & set(columns)
    return (FIRM_MONTH, FIRM_DAY) if of_firm else (TEAM_MONTH, OWNER_DAY)


def _implied(entered, reached):
    """Nobody reaches a step before coming in (the verb sees to that): a range that ends no earlier than the other may end with its month."""
    return (entered[0], month_after(entered[1], 1) - DAY) if reached[1] <= entered[1] < END else entered


def _cells(part, kind, entered, reached, what):
    given = {"entered_first": entered[0], "entered_last": entered[1], "first": reached[0], "last": reached[1]}
    allowed, teams = _allowed(part)
    sql = f"""
    SELECT {kind.who}, step, entered, {kind.month} AS month, customers{", amount, waits, " + kind.times if what == STORY else ""}
      FROM reports_{kind.table}
     WHERE {kind.column} BETWEEN %(first)s AND %(last)s AND entered BETWEEN %(entered_first)s AND %(entered_last)s AND {allowed}"""
    return sql, given | teams


def _stock(part):
    allowed, teams = _allowed(part)
    return f"SELECT step, customers, amount FROM reports_funnelstock WHERE {allowed}", teams


def _allowed(part):
    """Which cells this person may add up: those of the teams, and of the pools where no team is asked for; of one owner, his."""
    teams, conditions, given = part.teams_of_cells(Company), ["TRUE"], {}
    if part.owner is not None:
        conditions, given = ["owner_id = %(owner)s"], {"owner": part.owner}
    if teams is not None:
        conditions.append("(team_id = ANY(%(teams)s) OR pool_id = ANY(%(pools)s))")
        given |= {"teams": teams, "pools": list(part.actor.scope(Company).pools) if part.team is None else []}
    return " AND ".join(conditions), given


def _rows(companies, entered, reached, what):
    if companies is None:
        return None
    since, until = clock.bounds_of(entered[0])[0], clock.bounds_of(entered[1])[1]
    source = facts.source(companies.filter(potential_at__gte=since, potential_at__lt=until), FROM_ROWS)
    if source is None:
        return None
    lines = f"SELECT * FROM ({facts.steps(source[0])}) f WHERE day BETWEEN %(first)s AND %(last)s"
    story = f", {facts.money('l')} AS amount, {WAITS}, {NO_TIMES}" if what == STORY else ""
    sql = f"SELECT owner_id, team_id, step, entered, month, 1 AS customers{story} FROM ({lines}) l"
    return sql, source[1] | parameters() | {"first": reached[0], "last": reached[1]}


def _standing_rows(companies):
    source = None if companies is None else facts.source(companies, FROM_ROWS)
    if source is None:
        return None
    lines = f"SELECT * FROM ({facts.steps(source[0])}) f WHERE step = standing"
    return f"SELECT step, 1 AS customers, {facts.money('l')} AS amount FROM ({lines}) l", source[1] | parameters()


def _union(sources):
    """One selection out of several, the parameters of each under names of their own."""
    parts, given = [], {}
    for place, source in enumerate(one for one in sources if one is not None):
        sql, values = source
        for name in values:
            sql = sql.replace(f"%({name})s", f"%({name}_{place})s")
        parts.append(sql)
        given |= {f"{name}_{place}": value for name, value in values.items()}
    return " UNION ALL ".join(parts), given


def _range(days):
    """Both ends as days; nothing is reached in the future, so that a range up to today goes on to the end of its month."""
    first, last = days or (None, None)
    first, last = first or BEGINNING, last or END
    return first, (month_after(last, 1) - DAY if clock.today() <= last < END else last)


def _fetch(sql, given):
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()
