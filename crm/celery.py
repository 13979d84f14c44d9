"""The Celery application: workers are woken through the broker, the work itself is a row in PostgreSQL."""

import os

from celery import Celery
from celery.signals import before_task_publish, worker_process_init

from crm.core import clock, context, garbage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings.prod")

app = Celery("keman")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def _settle_in(**_given):
    garbage.settle_in()


@before_task_publish.connect
def _address(headers, **_given):
    """Every message tells which request it comes from and since when it waits."""
    headers.setdefault("km_request_id", context.request_id())
    headers.setdefault("km_sent", clock.now().timestamp())
