"""Leads: half as many as companies, a fifth of them converted, a tenth waiting in a pool."""

TABLES = ("deals_lead",)

LEADS = """
INSERT INTO deals_lead (id, created_at, updated_at, version, external_id, owner_id, team_id, pool_id, name, sort_key, latin, name_key,
    person, position, mobile, digits, email, wechat, source, industry, size, region, need, tags, grade, score, state, assigned_at,
    first_contact_at, last_contact_at, last_outcome, next_step_at, next_step, closed_at, invalid_reason, company_id, contact_id)
SELECT id / 2, created_at - interval '3 days', updated_at, 1, 'BL' || id, CASE WHEN is_free THEN NULL ELSE owner_id END,
    CASE WHEN is_free THEN NULL ELSE team_id END, CASE WHEN is_free THEN %(pool)s END, name, sort_key, latin, name_key,
    (%(names)s::text[])[1 + mod(id * 7907, %(people_names)s)], '', '1' || number, '1' || number, '', '', 'web', industry, 'm', region,
    '想了解方案', '{}', (ARRAY['A', 'B', 'C', 'D'])[1 + mod(id / 10, 4)], mod(id, 100), state, CASE WHEN NOT is_free THEN created_at END,
    CASE WHEN state IN ('working', 'converted') THEN created_at END, CASE WHEN state IN ('working', 'converted') THEN updated_at END, '',
    CASE WHEN state IN ('pending', 'working') AND mod(id, 3) > 0 THEN %(now)s + (mod(id / 4, 40) - 10) * interval '1 day' END, '',
    CASE WHEN state IN ('converted', 'invalid') THEN updated_at END, CASE WHEN state = 'invalid' THEN '号码不对' ELSE '' END,
    CASE WHEN state = 'converted' THEN id END, CASE WHEN state = 'converted' THEN id END
FROM (SELECT *, state = 'unassigned' AS is_free, (3 + mod(id, 7))::text || lpad(mod(id * 5368787, 1000000000)::text, 9, '0') AS number
      FROM (SELECT *, (ARRAY['unassigned', 'pending', 'pending', 'working', 'working', 'working', 'converted', 'converted', 'invalid',
                             'invalid'])[1 + mod(id / 2, 10)] AS state
            FROM customers_company WHERE mod(id, 2) = 0) c) drawn
"""


def fill(run):
    """N/2 leads with the names and owners of every second company."""
    run("leads", LEADS)
