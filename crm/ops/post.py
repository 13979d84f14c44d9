"""Letters of the last day, and the server that takes them."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q

from crm.core import clock
from crm.jobs.models import Job
from crm.ops.glances import asked_once

KINDS = "mail."  # every kind of job that sends a letter begins so
NO_SERVER = ("console", "dummy", "locmem")


@dataclass(frozen=True)
class Post:
    """Letters of the last 24 hours; `server` is the host, empty where letters go nowhere."""

    sent: int
    failed: int
    waiting: int
    server: str


@asked_once
def state() -> Post:
    """How the letters of the house fare."""
    since = clock.now() - timedelta(days=1)
    lately = Q(finished_at__gt=since)
    found = Job.objects.filter(kind__startswith=KINDS).aggregate(
        sent=Count("pk", filter=lately & Q(state=Job.State.DONE)),
        failed=Count("pk", filter=lately & Q(state=Job.State.FAILED)),
        waiting=Count("pk", filter=Q(state__in=(Job.State.QUEUED, Job.State.RUNNING))),
    )
    return Post(**found, server=server())


def server() -> str:
    """The host of the mail server, without the account on it."""
    named = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
    return "" if named in NO_SERVER else settings.EMAIL_HOST or settings.EMAIL_BACKEND
