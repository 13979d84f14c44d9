"""The pages of background jobs: how far one is, what came of it, and the list of mine."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.jobs import services
from crm.jobs.history import title_of
from crm.jobs.kinds import kinds
from crm.jobs.models import Job
from crm.jobs.running import file_path
from crm.web.pages import back_to

KEPT_ON_PAGE = 50


@require_safe
def job_list(request):
    """The jobs this person started, the newest first."""
    jobs = Job.objects.filter(actor=request.user).order_by("-pk")[:KEPT_ON_PAGE]
    return render(request, "jobs/list.html", {"jobs": [_shown(job) for job in jobs]})


@require_safe
def job_page(request, pk):
    """One job; asked by htmx, only its progress, which asks again until the job is over."""
    job = get_object_or_404(Job.objects.visible_to(request.user).select_related("actor"), pk=pk)
    template = "jobs/progress.html" if request.htmx else "jobs/detail.html"
    return render(request, template, _shown(job) | {"whole": request.user.may("house.administer")})


@require_POST
def cancellation(request, pk):
    """Stop a job."""
    services.cancel(get_object_or_404(Job.objects.visible_to(request.user, "edit"), pk=pk), by=request.user)
    return redirect("jobs:detail", pk=pk)


@require_POST
def retry(request, pk):
    """Let a job that failed be done after all."""
    job = services.retry(get_object_or_404(Job.objects.visible_to(request.user, "edit"), pk=pk), by=request.user)
    messages.success(request, _("%(title)s is tried again") % {"title": title_of(job.kind)})
    return redirect(back_to(request) or reverse("jobs:detail", args=[pk]))


@require_safe
def job_file(request, pk):
    """The file a job made, for the person who started it and nobody else."""
    job = get_object_or_404(Job.objects.filter(actor=request.user), pk=pk)
    made = job.result.get("file") or {}
    path = file_path(job.pk, made.get("token", ""))
    if job.state != Job.State.DONE or not made.get("token") or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=made["name"], content_type="application/octet-stream")


def _shown(job):
    kind = kinds.get(job.kind)
    done = job.state == Job.State.DONE
    return {
        "job": job,
        "title": title_of(job.kind),
        "url": reverse("jobs:detail", args=[job.pk]),
        "result_url": kind.url(job) if done and kind and kind.url else "",
        "tone": {"done": "ok", "failed": "bad", "running": "info", "cancelled": "mute"}.get(job.state, "primary"),
        "percent": 100 * job.done // job.total if job.total else None,
    }
