"""Money: four instalments of each order; those who have paid have settled them in eight payments, one in five only half of them."""

from bench.build.series import count_on

TABLES = ("deals_instalment", "deals_payment", "deals_allocation")

# Those who have not begun to pay are mostly not late yet.
INSTALMENTS = """
INSERT INTO deals_instalment (id, created_at, updated_at, version, external_id, owner_id, team_id, co_owner_id, co_team_id,
    company_id, order_id, position, due_on, amount)
SELECT (o.id - 1) * 4 + nth, o.created_at, o.created_at, 1, '', o.owner_id, o.team_id, o.co_owner_id, o.co_team_id, o.company_id, o.id, nth,
    CASE WHEN c.step = 4 THEN (o.placed_at + nth * interval '30 days')::date
         ELSE greatest((o.placed_at + nth * interval '30 days')::date, %(today)s + mod(o.id, 200)::int - 10 + nth) END, o.amount / 4
FROM deals_order o JOIN customers_company c ON c.id = o.company_id CROSS JOIN generate_series(1, 4) nth
"""
PAYMENTS = """
INSERT INTO deals_payment (id, created_at, updated_at, version, external_id, owner_id, team_id, co_owner_id, co_team_id, number,
    company_id, order_id, kind, amount, currency, received_on, method, payer, reference, notes)
SELECT id, moment, moment, 1, 'BP' || id, owner_id, team_id, co_owner_id, co_team_id,
    'HK-' || to_char(moment AT TIME ZONE 'Asia/Shanghai', 'YYYY') || '-' || lpad(id::text, greatest(4, length(id::text)), '0'),
    company_id, order_id, 'receipt', part, 'CNY', (moment AT TIME ZONE 'Asia/Shanghai')::date, 'bank', '', '', ''
FROM (SELECT row_number() OVER (ORDER BY o.id, nth) AS id, o.id AS order_id, o.company_id, o.owner_id, o.team_id, o.co_owner_id, o.co_team_id,
             o.amount / 8 AS part, least(greatest(c.paid_at, o.placed_at) + (nth - 1) * interval '11 days', %(now)s) AS moment
      FROM deals_order o JOIN customers_company c ON c.id = o.company_id AND c.step = 4
      CROSS JOIN LATERAL generate_series(1, CASE WHEN mod(o.id, 5) = 0 THEN 4 ELSE 8 END) nth) drawn
"""
ALLOCATIONS = """
INSERT INTO deals_allocation (payment_id, instalment_id, amount, at)
SELECT id, (order_id - 1) * 4 + (nth + 1) / 2, amount, created_at
FROM (SELECT *, row_number() OVER (PARTITION BY order_id ORDER BY id) AS nth FROM deals_payment) p
"""


def fill(run):
    """About N instalments, and as many payments."""
    run("instalments", INSTALMENTS)
    run("payments", PAYMENTS)
    run("allocations", ALLOCATIONS)
    count_on("HK", "deals_payment")
