"""The nightly proof of the summaries."""

from celery import shared_task

from reports.kept import summaries


@shared_task(name="reports.kept.tasks.prove")
def prove():
    """Compare the summaries with the rows, and heal what differs."""
    summaries.prove()
