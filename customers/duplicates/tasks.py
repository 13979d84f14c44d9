"""The weekly search for duplicates, and a daily tidying up."""

from celery import shared_task

from customers.duplicates import searches, sheetjobs


@shared_task(name="customers.duplicates.tasks.search_all")
def search_all():
    """Search all kinds of records."""
    searches.search_all()


@shared_task(name="customers.duplicates.tasks.tidy")
def tidy():
    """Forget spreadsheets that were uploaded and never searched."""
    sheetjobs.forget_unstarted()
