"""The regular work of data quality."""

from celery import shared_task
from django.contrib.auth import get_user_model

from crm.core import context
from customers.quality import figures, fixing, services


@shared_task(name="customers.quality.tasks.clean")
def clean():
    """Begin the weekly cleaning; a worker does it as a background job."""
    with context.coming_by("schedule"):
        services.start(by=get_user_model().objects.get(is_system=True))


@shared_task(name="customers.quality.tasks.measure")
def measure():
    """Make the figures of the day."""
    figures.measure()


@shared_task(name="customers.quality.tasks.digest")
def digest():
    """Tell those who look after data how it stands."""
    fixing.digest()
