"""Orders: one under each contract, placed on its day, with two lines of half the amount each."""

from bench.build.series import count_on

TABLES = ("deals_order", "deals_orderline")

ORDERS = """
INSERT INTO deals_order (id, created_at, updated_at, version, external_id, owner_id, team_id, co_owner_id, co_team_id, number,
    company_id, contract_id, opportunity_id, amount, currency, state, placed_at, marked_special, is_special_price, cancel_reason, notes)
SELECT id, created_at, created_at, 1, 'BD' || id, owner_id, team_id, co_owner_id, co_team_id, 'DD' || substr(number, 3),
    company_id, id, opportunity_id, amount, currency, 'placed', created_at, false, false, '', ''
FROM deals_contract
"""
LINES = """
INSERT INTO deals_orderline (order_id, position, product_id, quantity, unit_price, discount, amount)
SELECT id, nth, 1 + mod(id * 7 + nth, 20), 4, amount / 8, 0, amount / 2 FROM deals_order CROSS JOIN generate_series(1, 2) nth
"""


def fill(run):
    """About N/4 orders."""
    run("orders", ORDERS)
    run("order lines", LINES)
    count_on("DD", "deals_order")
