"""What the worker is called for: one job, or whatever was left behind."""

from celery import shared_task

from crm.jobs import limits, services

__all__ = ["limits", "run", "sweep", "tidy"]


@shared_task
def run(job_id: int) -> None:
    """Do the job, if it still waits for somebody."""
    if job := services.claim(job_id):
        services.work(job)


@shared_task
def sweep() -> None:
    """Call for the jobs that nobody is at."""
    services.sweep()


@shared_task
def tidy() -> None:
    """Forget jobs of long ago."""
    services.forget_old()
