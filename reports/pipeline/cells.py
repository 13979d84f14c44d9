"""The summaries of opportunities: the running ones by stage and the month since which they stand in it, all by the month of being opened."""

from deals.opportunities.models import Opportunity
from reports.kept.groups import Group, groups
from reports.kept.table import OF_ROW, OF_TOUCHED_OWNERS, WHO, rolled_up, summed, table

TABLE = "deals_opportunity"
ROW = "id, owner_id, team_id, co_owner_id, co_team_id, stage_id, state, amount, currency, stage_since, opened_at, deleted_at"
RUNNING = f"""
SELECT {OF_ROW.format(row="o")}, o.stage_id, date_trunc('month', o.stage_since AT TIME ZONE %(zone)s)::date AS month,
       CASE WHEN o.currency = %(currency)s THEN coalesce(o.amount, 0) ELSE 0 END AS amount
  FROM {{source}} o WHERE o.deleted_at IS NULL AND o.state IN ('open', 'pending_order')"""
OPENED = f"""
SELECT {OF_ROW.format(row="o")}, date_trunc('month', o.opened_at AT TIME ZONE %(zone)s)::date AS month,
       coalesce((SELECT g.id FROM deals_stagechange m JOIN deals_stage g ON g.id = m.to_stage_id
                  WHERE m.opportunity_id = o.id AND NOT m.is_taken_back AND g.kind NOT IN ('lost', 'void') ORDER BY g.position DESC LIMIT 1), 0) AS furthest_id
  FROM {{source}} o WHERE o.deleted_at IS NULL AND o.state <> 'void'"""


def running(source):
    """A line for each running opportunity."""
    return RUNNING.format(source=source)


def opened(source):
    """A line for each opportunity that was one."""
    return OPENED.format(source=source)


OF_OWNERS = OF_TOUCHED_OWNERS.format(table=TABLE)
SUMS = "count(*) AS opportunities, sum(amount) AS amount"
KEYS = f"{WHO} stage_id month"
RUNNING_MONTH = table("runningmonth", KEYS, "opportunities amount", summed(running, KEYS, SUMS, TABLE, OF_OWNERS))
TEAM_RUNNING = rolled_up("teamrunningmonth", RUNNING_MONTH, "team_id co_team_id stage_id month", "opportunities amount")
OPENED_KEYS = f"{WHO} month furthest_id"
OPENED_MONTH = table(
    "openedmonth", OPENED_KEYS, "opportunities", summed(opened, OPENED_KEYS, "count(*) AS opportunities", TABLE, OF_OWNERS), within=f"{WHO} month"
)
groups.add("running", Group(Opportunity, ROW, running, (RUNNING_MONTH, TEAM_RUNNING)))
groups.add("opened", Group(Opportunity, ROW, opened, (OPENED_MONTH,)))
