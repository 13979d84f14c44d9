"""The sign-in page of the demo company: how far it is, then who can sign in."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render

from crm.accounts.models import User
from crm.jobs.models import Job
from crm.ops.demo import KIND
from crm.ops.demo_accounts import ACCOUNTS


def setup(request):
    """A fragment of the sign-in page; exists in demo mode alone."""
    if not settings.DEMO:
        raise Http404
    job = Job.objects.filter(kind=KIND).order_by("-pk").first()
    known = set(User.objects.filter(username__in=[account.username for account in ACCOUNTS]).values_list("username", flat=True))
    context = {
        "job": job if job and job.state in (Job.State.QUEUED, Job.State.RUNNING) else None,
        "failed": bool(job and job.state == Job.State.FAILED),
        "accounts": [account for account in ACCOUNTS if account.username in known],
    }
    return render(request, "ops/setup.html", context)
