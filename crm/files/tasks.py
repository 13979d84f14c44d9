"""The nightly tidying of files."""

from datetime import timedelta

from celery import shared_task

from crm.core import clock
from crm.files import services

KEPT = timedelta(days=30)


@shared_task(name="crm.files.tasks.tidy")
def tidy():
    """Remove for good what was taken away more than thirty days ago."""
    return services.tidy(before=clock.now() - KEPT)
