"""How long opportunities usually stay in each stage, kept for a while: it changes by the week, not by the second."""

from django.db import connection

from crm.core import clock

KEPT_SECONDS = 300
_kept: dict = {"at": None, "days": {}}
SQL = """
SELECT to_stage_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM left_at - at) / 86400)
FROM (SELECT to_stage_id, at, lead(at) OVER (PARTITION BY opportunity_id ORDER BY at, id) AS left_at
      FROM deals_stagechange WHERE at >= %s AND NOT is_taken_back) stays
WHERE left_at IS NOT NULL GROUP BY to_stage_id
"""


def median_days() -> dict[int, int]:
    """Stage to the median of whole stays of the last twelve months, in days."""
    now = clock.monotonic()
    if _kept["at"] is None or now - _kept["at"] > KEPT_SECONDS:
        with connection.cursor() as cursor:
            cursor.execute(SQL, [clock.now().replace(year=clock.now().year - 1, day=1)])
            _kept.update(at=now, days={stage: round(days) for stage, days in cursor.fetchall()})
    return _kept["days"]
