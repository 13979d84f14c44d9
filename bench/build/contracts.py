"""Contracts: one for each company that has signed, two for some; the first comes of the won opportunity."""

from bench.build.series import count_on

TABLES = ("deals_contract",)

CONTRACTS = """
INSERT INTO deals_contract (id, created_at, updated_at, version, external_id, owner_id, team_id, co_owner_id, co_team_id,
    name, sort_key, latin, number, company_id, opportunity_id, amount, currency, starts_on, ends_on, payment_terms, signatory,
    signed_on, state, end_reason, notes)
SELECT id, signed, signed, 1, 'BK' || id, owner_id, team_id, owner_id, team_id, short_name || '合同', left(sort_key, 190) || ' he tong',
    left(replace(latin, ' ', 'hetong '), 276) || 'ht',
    'HT-' || to_char(signed AT TIME ZONE 'Asia/Shanghai', 'YYYY') || '-' || lpad(id::text, greatest(4, length(id::text)), '0'),
    company_id, opportunity_id, 8 * (100 + mod(id * 7907, 9000)), 'CNY', (signed AT TIME ZONE 'Asia/Shanghai')::date,
    (signed AT TIME ZONE 'Asia/Shanghai')::date + 365, '', '', (signed AT TIME ZONE 'Asia/Shanghai')::date,
    CASE WHEN step = 4 AND mod(id, 3) = 0 THEN 'done' ELSE 'executing' END, '', ''
FROM (SELECT row_number() OVER (ORDER BY c.id, nth) AS id, c.id AS company_id, c.step, c.owner_id, c.team_id, short_name, c.sort_key, c.latin,
             CASE WHEN nth = 1 THEN o.id END AS opportunity_id, least(c.signed_at + (nth - 1) * interval '20 days', %(now)s) AS signed
      FROM customers_company c CROSS JOIN LATERAL generate_series(1, 1 + (mod(c.id / 10, 4) = 0)::int) nth
      LEFT JOIN (SELECT * FROM deals_opportunity WHERE state = 'won') o ON o.company_id = c.id
      WHERE c.step > 2) drawn
"""


def fill(run):
    """About N/4 contracts."""
    run("contracts", CONTRACTS)
    count_on("HT", "deals_contract")
