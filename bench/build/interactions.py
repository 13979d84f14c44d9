"""What was said: one contact at the time the company was last spoken to, for some one before it; a promise in every fourth."""

TABLES = ("interactions_interaction", "interactions_followup")

INTERACTIONS = """
INSERT INTO interactions_interaction (id, created_at, updated_at, version, external_id, owner_id, team_id, co_owner_id, co_team_id,
    company_id, contact_id, channel, is_inbound, at, minutes, subject, key_points, question, answer, outcome, satisfaction, next_step)
SELECT row_number() OVER (ORDER BY c.id, nth), moment, moment, 1, '', owner_id, team_id, owner_id, team_id, c.id, c.id,
    (ARRAY['phone', 'email', 'meeting', 'visit', 'wechat', 'social', 'im'])[1 + mod(c.id / 3 + nth, 7)], false, moment, 10, '沟通需求', '', '', '',
    (ARRAY['interested', 'again', 'unreached'])[1 + mod(c.id / 11, 3)], CASE WHEN mod(c.id / 2, 3) = 0 THEN 1 + mod(c.id / 6, 5) END, ''
FROM (SELECT c.*, nth, CASE WHEN nth = 1 THEN created_at + (last_contact_at - created_at) / 2 ELSE last_contact_at END AS moment
      FROM customers_company c CROSS JOIN LATERAL generate_series(2 - (mod(c.id / 5, 4) = 0)::int, 2) nth
      WHERE last_contact_at IS NOT NULL) c
"""
FOLLOWUPS = """
INSERT INTO interactions_followup (id, created_at, updated_at, version, external_id, owner_id, team_id, co_owner_id, co_team_id,
    company_id, contact_id, title, channel, due_at, remind_at, reminded_at, state, closed_at, agreed_in_id)
SELECT id / 4, at, coalesce(closed, at), 1, '', owner_id, team_id, co_owner_id, co_team_id, company_id, contact_id, '再联系', 'phone',
    at + interval '7 days', at + interval '7 days', at + interval '7 days', CASE WHEN closed IS NULL THEN 'open' ELSE 'done' END, closed, id
FROM (SELECT *, CASE WHEN mod(id / 4, 3) > 0 AND at + mod(id / 4, 20) * interval '1 day' <= %(now)s
                     THEN at + mod(id / 4, 20) * interval '1 day' END AS closed
      FROM interactions_interaction WHERE mod(id, 4) = 0) i
"""


def fill(run):
    """About N contacts and N/4 promises."""
    run("interactions", INTERACTIONS)
    run("follow-ups", FOLLOWUPS)
