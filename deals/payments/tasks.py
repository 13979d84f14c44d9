"""The nightly look at the sums of money."""

from celery import shared_task
from django.contrib.auth import get_user_model
from django.db import transaction

from deals.payments import identities


@shared_task(name="deals.payments.tasks.check_money")
def check_money():
    """Tell of every sum that does not hold."""
    with transaction.atomic():
        identities.check(by=get_user_model().objects.get(is_system=True))
