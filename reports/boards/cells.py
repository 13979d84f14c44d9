"""The summary of what customers owe, by the day on which it is due."""

from crm.activity.models import About
from crm.activity.spine import kind_of
from deals.orders.models import Order
from deals.payments.models import Instalment
from reports.kept.groups import Group, groups
from reports.kept.table import TEAMS, summed, table

INSTALMENT = "id, team_id, co_team_id, order_id, due_on, amount, deleted_at"
OWED = """
SELECT coalesce(i.team_id, 0) AS team_id, coalesce(i.co_team_id, 0) AS co_team_id, i.due_on AS day, i.missing AS open
  FROM (SELECT i.*, i.amount - coalesce((SELECT sum(a.amount) FROM deals_allocation a WHERE a.instalment_id = i.id), 0) AS missing
          FROM {source} i WHERE i.deleted_at IS NULL) i
  JOIN deals_order d ON d.id = i.order_id AND d.state = 'placed'
 WHERE i.missing > 0"""
# Touched are also days on which nothing is open any more, so that their cells go.
TOUCHED = "SELECT coalesce(i.team_id, 0) AS team_id, coalesce(i.co_team_id, 0) AS co_team_id, i.due_on AS day FROM {source} i"
OF_DAYS = "(SELECT i.* FROM (SELECT DISTINCT day FROM touched) t JOIN deals_instalment i ON i.due_on = t.day)"


def owed(source):
    """A line for each instalment of which something is open."""
    return OWED.format(source=source)


def touched(source):
    """A line for each instalment, whether something is open or not."""
    return TOUCHED.format(source=source)


def of_orders(events):
    """The instalments of the orders that these events are about: payments are about their order."""
    orders = About.objects.filter(kind=kind_of(Order), activity__in=events).values_list("object_id", flat=True)
    return set(Instalment._base_manager.filter(order__in=set(orders)).values_list("pk", flat=True))


KEYS = f"{TEAMS} day"
OWED_DAY = table("owedday", KEYS, "instalments open", summed(owed, KEYS, "count(*) AS instalments, sum(open) AS open", "deals_instalment", OF_DAYS))
groups.add("owed", Group(Instalment, INSTALMENT, touched, (OWED_DAY,), of_orders))
