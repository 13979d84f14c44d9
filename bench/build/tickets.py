"""Feedback: from one company in twenty."""

from bench.build.series import count_on

TABLES = ("feedback_ticket",)

TICKETS = """
INSERT INTO feedback_ticket (id, created_at, updated_at, version, external_id, owner_id, team_id, co_owner_id, co_team_id, name, sort_key,
    latin, number, company_id, contact_id, product_id, category, tags, content, channel, priority, state, received_at, due_at,
    first_response_at, resolved_at, resolution, satisfaction)
SELECT id / 20, created_at, created_at, 1, '', owner_id, team_id, owner_id, team_id, '交货晚了', 'jiao huo wan le', 'jiaohuowanle jhwl',
    'FB-' || to_char(created_at AT TIME ZONE 'Asia/Shanghai', 'YYYY') || '-' || lpad((id / 20)::text, greatest(4, length((id / 20)::text)), '0'),
    id, id, 1 + mod(id / 20, 20),
    (ARRAY['product', 'service', 'complaint', 'enquiry'])[1 + mod(id / 20, 4)], '{}', '说好的日期没有到', 'phone', 'P3',
    CASE WHEN is_done THEN 'closed' ELSE 'new' END, created_at, created_at + interval '2 days',
    CASE WHEN is_done THEN created_at + interval '1 hour' END, CASE WHEN is_done THEN created_at + interval '1 day' END,
    CASE WHEN is_done THEN '已补发' ELSE '' END, CASE WHEN is_done THEN 4 END
FROM (SELECT *, %(now)s - created_at > interval '20 days' AS is_done FROM customers_company WHERE mod(id, 20) = 0) c
"""


def fill(run):
    """N/20 pieces of feedback."""
    run("tickets", TICKETS)
    count_on("FB", "feedback_ticket")
