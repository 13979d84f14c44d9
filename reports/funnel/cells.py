"""The summaries of the funnel: the steps of customers and the stays of opportunities, each by owner and by team, the steps also of the firm."""

from customers.companies.models import Company
from deals.opportunities.models import Opportunity
from reports.funnel import facts
from reports.kept.groups import Group, groups
from reports.kept.table import OF_TOUCHED_OWNERS, table

COMPANY = "id, owner_id, team_id, pool_id, step, potential_at, opportunity_at, signed_at, paid_at, deleted_at"
OPPORTUNITY = "id, owner_id, team_id, co_owner_id, co_team_id, opened_at, deleted_at"


def _days(only):
    source = OF_TOUCHED_OWNERS.format(table=facts.COMPANIES) if only else facts.COMPANIES
    return f"""
    SELECT owner_id, team_id, pool_id, step, entered, day, count(*) AS customers, sum({facts.money("l")}) AS amount,
           coalesce(array_agg(waited ORDER BY waited) FILTER (WHERE waited IS NOT NULL), '{{}}') AS waits
      FROM ({facts.steps(source)}) l {only} GROUP BY owner_id, team_id, pool_id, step, entered, day"""


def _stock(only):
    source = OF_TOUCHED_OWNERS.format(table=facts.COMPANIES) if only else facts.COMPANIES
    return f"""
    SELECT owner_id, team_id, pool_id, step, count(*) AS customers, sum({facts.money("l")}) AS amount
      FROM ({facts.steps(source)}) l {only} WHERE step = standing GROUP BY owner_id, team_id, pool_id, step"""


def _months(only):
    lines = f"(SELECT d.*, date_trunc('month', d.day)::date AS month FROM reports_funnelday d) l {only}"
    keys = "team_id, pool_id, step, entered, month"
    return f"""
    SELECT s.*, coalesce(w.waits, '{{}}') AS waits
      FROM (SELECT {keys}, sum(customers) AS customers, sum(amount) AS amount FROM {lines} GROUP BY {keys}) s
      LEFT JOIN (SELECT {keys}, array_agg(wait ORDER BY wait) AS waits
                   FROM {lines} CROSS JOIN unnest(l.waits) AS wait GROUP BY {keys}) w USING ({keys})"""


def _stays(only):
    source = OF_TOUCHED_OWNERS.format(table=facts.OPPORTUNITIES) if only else facts.OPPORTUNITIES
    keys = "owner_id, team_id, co_owner_id, co_team_id, stage_id, month"
    return f"SELECT {keys}, array_agg(days ORDER BY days) AS days FROM ({facts.stays(source)}) l {only} GROUP BY {keys}"


def _team_stays(only):
    keys = "team_id, co_team_id, stage_id, month"
    return f"""
    SELECT {keys}, taken AS days, count(*) AS stays
      FROM reports_staymonth l {only} CROSS JOIN unnest(l.days) AS taken GROUP BY {keys}, taken"""


def _firm(lines, keys, wait, times):
    """Of the whole firm, how often each wait came."""

    def grouped(only):
        often = f"(SELECT {keys}, wait, {times} AS n FROM {lines} l {only} CROSS JOIN {wait} GROUP BY {keys}, wait)"
        return f"""
        SELECT s.*, coalesce(w.waits, '{{}}') AS waits, coalesce(w.times, '{{}}') AS times
          FROM (SELECT {keys}, sum(customers) AS customers, sum(amount) AS amount FROM {lines} l {only} GROUP BY {keys}) s
          LEFT JOIN (SELECT {keys}, array_agg(wait ORDER BY wait) AS waits, array_agg(n::int ORDER BY wait) AS times
                       FROM {often} o GROUP BY {keys}) w USING ({keys})"""

    return grouped


_firm_days = _firm("reports_funnelday", "step, entered, day", "unnest(l.waits) AS wait", "count(*)")
_firm_months = _firm(
    "(SELECT d.*, date_trunc('month', d.day)::date AS month FROM reports_funnelfirmday d)",
    "step, entered, month",
    "unnest(l.waits, l.times) AS w(wait, n)",
    "sum(n)",
)


# A rolled-up table is computed from the one before it.
STEP_TABLES = (
    table("funnelday", "owner_id team_id pool_id step entered day", "customers amount waits", _days),
    table("funnelmonth", "team_id pool_id step entered month", "customers amount waits", _months),
    table("funnelfirmday", "step entered day", "customers amount waits times", _firm_days),
    table("funnelfirmmonth", "step entered month", "customers amount waits times", _firm_months),
    table(
        "funnelstock",
        "owner_id team_id pool_id step",
        "customers amount",
        _stock,
        cells="SELECT DISTINCT owner_id, team_id, pool_id, step FROM touched WHERE step = standing",
    ),
)
STAY_TABLES = (
    table("staymonth", "owner_id team_id co_owner_id co_team_id stage_id month", "days", _stays),
    table("teamstay", "team_id co_team_id stage_id month days", "stays", _team_stays, within="team_id co_team_id stage_id month"),
)
groups.add("steps", Group(Company, COMPANY, facts.steps, STEP_TABLES))
groups.add("stays", Group(Opportunity, OPPORTUNITY, facts.stays, STAY_TABLES))
