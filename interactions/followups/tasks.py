"""Reminders on time."""

from celery import shared_task
from django.contrib.auth import get_user_model

from interactions.followups import services


@shared_task(name="interactions.followups.tasks.remind")
def remind():
    """Announce the follow-ups whose reminder has come."""
    services.remind_due(by=get_user_model().objects.get(is_system=True))
