"""The moves of opportunities from stage to stage: three to six of each."""

from django.contrib.contenttypes.models import ContentType

from deals.models import Opportunity

TABLES = ("deals_stagechange",)

# Through every open stage up to the furthest one, four days in each, and then to the end.
MOVES = """
INSERT INTO deals_stagechange (opportunity_id, from_stage_id, to_stage_id, at, actor_id, amount, is_override, note, activity_id)
SELECT o.id, b.id, s.id, least(o.opened_at + (s.position - 1) * interval '4 days', o.stage_since), o.owner_id, o.amount, false, '', a.id
FROM (SELECT *, 1 + mod(company_id / 7 + CASE WHEN mod(id, 2) = 1 THEN 1 ELSE 2 END, 5) AS reached FROM deals_opportunity) o
JOIN deals_stage s ON s.kind = 'open' AND s.position <= o.reached
LEFT JOIN deals_stage b ON b.position = s.position - 1
JOIN activity_activity a ON a.kind_id = %(kind)s AND a.object_id = o.id
"""
ENDINGS = """
INSERT INTO deals_stagechange (opportunity_id, from_stage_id, to_stage_id, at, actor_id, amount, is_override, note, activity_id)
SELECT o.id, b.id, o.stage_id, o.closed_at, o.owner_id, o.amount, false, '', a.id
FROM deals_opportunity o JOIN activity_activity a ON a.kind_id = %(kind)s AND a.object_id = o.id
JOIN deals_stage b ON b.kind = 'open' AND b.position = 1 + mod(o.company_id / 7 + CASE WHEN mod(o.id, 2) = 1 THEN 1 ELSE 2 END, 5)
WHERE o.closed_at IS NOT NULL
"""


def fill(run):
    """About 4 N moves."""
    kind = ContentType.objects.get_for_model(Opportunity).pk
    run("moves", MOVES, kind=kind)
    run("endings", ENDINGS, kind=kind)
