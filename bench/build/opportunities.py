"""Opportunities: two for each company past the first step, the first one won where a contract was signed."""

TABLES = ("deals_opportunity",)

# The amount of everything that comes of an opportunity is eight times `unit`: that many payments settle it.
OPPORTUNITIES = """
INSERT INTO deals_opportunity (id, created_at, updated_at, version, external_id, owner_id, team_id, co_owner_id, co_team_id,
    name, sort_key, latin, company_id, contact_id, product_id, source, need, decision_path, demo_note, quote_note, test_result,
    amount, currency, expected_close, pushed, stage_id, state, stage_since, opened_at, closed_at, competitor, lost_note, lost_reason_id)
SELECT d.id, opened, coalesce(closed, since), 1, 'BO' || d.id, owner_id, team_id, owner_id, team_id,
    short_name || '采购', left(sort_key, 190) || ' cai gou', left(replace(latin, ' ', 'caigou '), 276) || 'cg', company_id, company_id,
    1 + mod(d.id, 20), 'web', '', '', '', '', '', 8 * (100 + mod(d.id * 7919, 9000)), 'CNY', (opened + interval '60 days')::date, 0,
    s.id, s.kind, coalesce(closed, since), opened, closed, '', '', CASE WHEN s.kind = 'lost' THEN (SELECT min(id) FROM deals_lostreason) END
FROM (SELECT row_number() OVER (ORDER BY c.id, nth) AS id, c.id AS company_id, owner_id, team_id, short_name, sort_key, latin,
             opened, reached, least(opened + (reached - 1) * interval '4 days', %(now)s) AS since,
             CASE WHEN ending = 'open' THEN NULL WHEN ending = 'won' THEN c.signed_at ELSE opened + interval '29 days' END AS closed, ending
      FROM (SELECT c.*, nth, 1 + mod(c.id / 7 + nth, 5) AS reached,
                   least(c.opportunity_at + (nth - 1) * interval '3 days', %(now)s) AS opened,
                   CASE WHEN nth = 1 AND c.step > 2 THEN 'won'
                        WHEN %(now)s - c.opportunity_at < interval '40 days' OR mod(c.id / 3 + nth, 10) < 2 THEN 'open'
                        WHEN mod(c.id / 3 + nth, 10) = 9 THEN 'void' ELSE 'lost' END AS ending
            FROM customers_company c CROSS JOIN generate_series(1, 2) nth WHERE c.step > 1) c) d
JOIN deals_stage s ON CASE WHEN ending = 'open' THEN s.position = reached ELSE s.kind = ending END
"""


def fill(run):
    """About N opportunities; their moves come after the events, to which they belong."""
    run("opportunities", OPPORTUNITIES)
