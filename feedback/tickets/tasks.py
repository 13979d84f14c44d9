"""Reminders on time."""

from celery import shared_task
from django.contrib.auth import get_user_model

from feedback.tickets import reminders


@shared_task(name="feedback.tickets.tasks.remind")
def remind():
    """Announce the feedback that has fallen due."""
    reminders.remind_due(by=get_user_model().objects.get(is_system=True))
