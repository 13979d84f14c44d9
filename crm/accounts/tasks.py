"""Nightly housekeeping of accounts."""

from datetime import timedelta

from celery import shared_task
from django.contrib.sessions.models import Session

from crm.accounts import tries
from crm.core import clock


@shared_task
def tidy():
    """Forget sessions that ended and tries that count no more."""
    Session.objects.filter(expire_date__lt=clock.now() - timedelta(days=1)).delete()
    tries.forget_old()
