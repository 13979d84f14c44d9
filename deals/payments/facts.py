"""What companies have signed, paid and not paid in time: figures for list columns and panels."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from crm.core import clock

# Signed: contracts in force, and placed orders that stand under no contract. All companies of a page in one query.
FACTS_SQL = """
SELECT company_id, sum(signed), sum(received), sum(overdue) FROM (
    SELECT company_id, amount AS signed, 0 AS received, 0 AS overdue FROM deals_contract
     WHERE company_id = ANY(%(companies)s) AND state IN ('signed', 'executing', 'done') AND deleted_at IS NULL
    UNION ALL
    SELECT company_id, amount, 0, 0 FROM deals_order
     WHERE company_id = ANY(%(companies)s) AND state = 'placed' AND contract_id IS NULL AND deleted_at IS NULL
    UNION ALL
    SELECT company_id, 0, amount, 0 FROM deals_payment
     WHERE company_id = ANY(%(companies)s) AND kind <> 'bad_debt'
    UNION ALL
    SELECT i.company_id, 0, 0, i.amount - coalesce((SELECT sum(a.amount) FROM deals_allocation a WHERE a.instalment_id = i.id), 0)
      FROM deals_instalment i JOIN deals_order o ON o.id = i.order_id
     WHERE i.company_id = ANY(%(companies)s) AND i.due_on < %(today)s AND o.state = 'placed'
) parts GROUP BY company_id
"""


@dataclass(frozen=True)
class Facts:
    """The money of one company."""

    signed: Decimal = Decimal(0)
    received: Decimal = Decimal(0)
    overdue: Decimal = Decimal(0)


def facts_for(company_ids) -> dict[int, Facts]:
    """Signed, received (refunds taken off) and overdue sums by company; companies without any are there with zeros."""
    found = {company_id: Facts() for company_id in company_ids}
    with connection.cursor() as cursor:
        cursor.execute(FACTS_SQL, {"companies": list(company_ids), "today": clock.today()})
        found.update({row[0]: Facts(*row[1:]) for row in cursor.fetchall()})
    return found
