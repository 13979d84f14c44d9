"""What the scheduler asks of imports."""

from celery import shared_task

from crm.importexport import services


@shared_task
def tidy() -> None:
    """Forget spreadsheets that were uploaded and never taken in."""
    services.forget_unstarted()
