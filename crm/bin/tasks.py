"""The nightly emptying of the bin."""

from celery import shared_task

from crm.accounts.models import User
from crm.bin import removing


@shared_task(name="crm.bin.tasks.empty")
def empty():
    """Remove for good what has lain in the bin long enough."""
    return removing.empty(by=User.objects.get(is_system=True))
