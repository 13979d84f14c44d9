"""The scheduler with a sign of life."""

from django_celery_beat.schedulers import DatabaseScheduler

from crm.ops.heartbeats import alive


class Scheduler(DatabaseScheduler):
    """Reads its schedule from the database, where an administrator can change it."""

    def tick(self, *args: object, **kwargs: object) -> float:
        wait = super().tick(*args, **kwargs)
        alive("scheduler")
        return wait
