"""The summaries of sales: what came in, what was ordered, and of which products, by month of its day or of being placed."""

from deals.orders.models import Order
from deals.payments.models import Payment
from reports.kept.groups import Group, groups
from reports.kept.table import OF_ROW, WHO, rolled_up, summed, table, touched_months

PAYMENT = "id, owner_id, team_id, co_owner_id, co_team_id, kind, amount, currency, received_on, deleted_at"
ORDER = "id, owner_id, team_id, co_owner_id, co_team_id, state, amount, currency, placed_at, deleted_at"
RECEIVED = f"""
SELECT {OF_ROW.format(row="p")}, date_trunc('month', p.received_on)::date AS month,
       CASE WHEN p.currency = %(currency)s THEN p.amount ELSE 0 END AS amount
  FROM {{source}} p WHERE p.deleted_at IS NULL AND p.kind <> 'bad_debt'"""
PLACED = "d.deleted_at IS NULL AND d.state = 'placed'"
ORDERED = f"""
SELECT {OF_ROW.format(row="d")}, date_trunc('month', d.placed_at AT TIME ZONE %(zone)s)::date AS month,
       CASE WHEN d.currency = %(currency)s THEN d.amount ELSE 0 END AS amount
  FROM {{source}} d WHERE {PLACED}"""
PRODUCTS = f"""
SELECT {OF_ROW.format(row="d")}, date_trunc('month', d.placed_at AT TIME ZONE %(zone)s)::date AS month, d.id AS order_id, n.product_id, n.quantity,
       CASE WHEN d.currency = %(currency)s THEN n.amount ELSE 0 END AS amount
  FROM {{source}} d JOIN deals_orderline n ON n.order_id = d.id WHERE {PLACED}"""


def received(source):
    """A line for each payment that moved money."""
    return RECEIVED.format(source=source)


def ordered(source):
    """A line for each order that stands."""
    return ORDERED.format(source=source)


def products(source):
    """A line for each line of an order that stands."""
    return PRODUCTS.format(source=source)


ORDERS, OF_MONTHS = "deals_order", touched_months("deals_order", "placed_at")
KEYS = f"{WHO} month"
RECEIVED_MONTH = table(
    "receivedmonth",
    KEYS,
    "payments amount",
    summed(received, KEYS, "count(*) AS payments, sum(amount) AS amount", "deals_payment", touched_months("deals_payment", "received_on", is_day=True)),
)
ORDERED_MONTH = table("orderedmonth", KEYS, "orders amount", summed(ordered, KEYS, "count(*) AS orders, sum(amount) AS amount", ORDERS, OF_MONTHS))
PRODUCT_SUMS = "count(DISTINCT order_id) AS orders, sum(quantity) AS quantity, sum(amount) AS amount"
PRODUCT_MONTH = table(
    "productmonth", f"{KEYS} product_id", "orders quantity amount", summed(products, f"{KEYS} product_id", PRODUCT_SUMS, ORDERS, OF_MONTHS), within=KEYS
)
TEAM_PRODUCT = rolled_up("teamproductmonth", PRODUCT_MONTH, "team_id co_team_id month product_id", "orders quantity amount", within="team_id co_team_id month")

groups.add("received", Group(Payment, PAYMENT, received, (RECEIVED_MONTH,)))
groups.add("ordered", Group(Order, ORDER, ordered, (ORDERED_MONTH, PRODUCT_MONTH, TEAM_PRODUCT)))
