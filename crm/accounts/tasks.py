"""Nightly housekeeping of accounts."""

from datetime import timedelta

from celery import shared_task
from django.contrib.sessions.models import Session

from crm.accounts import tries
from crm.activity.models import Once
from crm.core import clock


@shared_task
def tidy():
    """Forget sessions that ended, tries that count no more, and the keys of requests that nobody repeats now."""
    Session.objects.filter(expire_date__lt=clock.now() - timedelta(days=1)).delete()
    Once.objects.filter(at__lt=clock.now() - timedelta(days=7)).delete()
    tries.forget_old()
