"""How background work has gone so far: for each kind how many jobs, how long they take, and how the last one ended."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from crm.jobs.kinds import kinds
from crm.jobs.models import Job

# One look at all jobs there are: those that ended a month ago are forgotten (services.forget_old).
FIGURES_SQL = """
SELECT kind,
       count(*) FILTER (WHERE state = 'queued'), count(*) FILTER (WHERE state = 'running'),
       count(*) FILTER (WHERE state = 'done'), count(*) FILTER (WHERE state = 'failed'),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - started_at))
           FILTER (WHERE state = 'done' AND started_at IS NOT NULL),
       (array_agg(extract(epoch FROM finished_at - started_at)::float8 ORDER BY id DESC) FILTER (WHERE state IN ('done', 'failed')))[1],
       (array_agg(state ORDER BY id DESC) FILTER (WHERE state IN ('done', 'failed')))[1],
       max(finished_at) FILTER (WHERE state IN ('done', 'failed'))
FROM jobs_job GROUP BY kind ORDER BY max(id) DESC
"""


@dataclass(frozen=True)
class KindFigures:
    """One kind of job: numbers of jobs, and seconds of work (the median of those done, and the last one)."""

    kind: str
    waiting: int
    running: int
    done: int
    failed: int
    median: float | None
    last: float | None
    last_state: str | None
    last_at: datetime | None

    @property
    def title(self):
        """The kind in words."""
        return title_of(self.kind)


def by_kind() -> list[KindFigures]:
    """Every kind that has jobs, the one with the newest job first."""
    with connection.cursor() as cursor:
        cursor.execute(FIGURES_SQL)
        return [KindFigures(*row) for row in cursor.fetchall()]


def title_of(kind: str):
    """A kind of job in words; its code where nobody knows it any more."""
    known = kinds.get(kind)
    return known.title if known else kind


def seconds_of(job: Job) -> float | None:
    """How long a job that is over took, from its first try on."""
    return (job.finished_at - job.started_at).total_seconds() if job.started_at and job.finished_at else None
