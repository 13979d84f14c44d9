"""The weekly search for duplicates."""

from celery import shared_task

from customers.duplicates import searches


@shared_task(name="customers.duplicates.tasks.search_all")
def search_all():
    """Search all kinds of records."""
    searches.search_all()
