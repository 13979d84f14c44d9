"""What the scheduler asks of imports."""

from celery import shared_task

from crm.importexport import services


@shared_task
def tidy() -> None:
    """Forget spreadsheets that were uploaded and never taken in, and those of imports that failed or were stopped."""
    services.forget_unstarted()
    services.forget_files()
