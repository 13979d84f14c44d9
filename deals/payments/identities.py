"""The sums of money that must hold at all times (X3), looked at every night: a break is told once, to those who can act.

Verbs and constraints keep them; what could break them is a hand in the database, a restore or a fault of ours.
"""

from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext_lazy as _

from crm.activity.models import Activity
from crm.activity.spine import record_many
from deals.orders.models import Order
from deals.payments import events

# So many orders are named for each sum; the rest shows when these are mended.
NAMED = 50


@dataclass(frozen=True)
class Identity:
    """One sum: what holds, in words, and a query for the ids of the orders where it does not."""

    words: str
    broken_sql: str


IDENTITIES = {
    "lines": Identity(
        _("The amount of an order is the sum of its lines."),
        """
        SELECT o.id FROM deals_order o LEFT JOIN deals_orderline l ON l.order_id = o.id
        GROUP BY o.id HAVING o.amount <> coalesce(sum(l.amount), 0)
        """,
    ),
    "outstanding": Identity(
        _("What came in, less what went back, and what was written off never exceed the amount of a placed order."),
        """
        SELECT o.id FROM deals_order o JOIN deals_payment p ON p.order_id = o.id
        GROUP BY o.id HAVING sum(p.amount) > CASE WHEN o.state = 'placed' THEN o.amount ELSE 0 END
        """,
    ),
    "reversals": Identity(
        _("What is taken back of a payment never exceeds it."),
        """
        SELECT p.order_id FROM deals_payment p JOIN deals_payment r ON r.reverses_id = p.id
        GROUP BY p.id, p.order_id, p.amount HAVING p.amount + sum(r.amount) < 0
        """,
    ),
    "instalments": Identity(
        _("What settles an instalment is neither negative nor more than its amount."),
        """
        SELECT i.order_id FROM deals_instalment i JOIN deals_allocation a ON a.instalment_id = i.id
        GROUP BY i.id, i.order_id, i.amount HAVING sum(a.amount) NOT BETWEEN 0 AND i.amount
        """,
    ),
    "allocations": Identity(
        _("A payment settles no more than what is left of it."),
        """
        SELECT p.order_id FROM deals_payment p
        CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS back FROM deals_payment r WHERE r.reverses_id = p.id) taken
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(a.amount), 0) AS settled FROM deals_allocation a
            JOIN deals_payment f ON f.id = a.payment_id WHERE f.id = p.id OR f.reverses_id = p.id
        ) used
        WHERE p.reverses_id IS NULL AND used.settled NOT BETWEEN 0 AND p.amount + taken.back
        """,
    ),
}


def broken() -> dict[str, list[int]]:
    """The ids of orders for which a sum does not hold, by the code of the sum; empty when all is well."""
    found = {}
    with connection.cursor() as cursor:
        for code, identity in IDENTITIES.items():
            cursor.execute(f"SELECT DISTINCT id FROM ({identity.broken_sql}) found (id) ORDER BY id LIMIT {NAMED}")  # noqa: S608 - our own words
            if ids := [row[0] for row in cursor.fetchall()]:
                found[code] = ids
    return found


def check(*, by) -> int:
    """Look at every sum and record each order that broke one and was not told of before; returns how many."""
    told = 0
    for code, ids in broken().items():
        known = set(Activity.objects.filter(verb=events.IDENTITY_BROKEN, object_id__in=ids, data__identity=code).values_list("object_id", flat=True))
        orders = list(Order._base_manager.filter(pk__in=set(ids) - known).order_by("pk"))
        if orders:
            record_many(events.IDENTITY_BROKEN, orders, by=by, data=lambda order, code=code: {"identity": code, "number": order.number})
        told += len(orders)
    return told
