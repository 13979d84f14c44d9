"""The page of operations: how the house runs at one glance, its jobs one by one, and what may be started by hand."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.core import clock
from crm.jobs import history
from crm.jobs.models import Job
from crm.ops import glances, periodic, services
from crm.ops.parts import JOB_TONES
from crm.ops.policies import require_look

PAGE = 50


@require_safe
def operations(request):
    """Tiles first, then the figures behind them."""
    require_look(request.user)
    with glances.one_look():
        tiles = glances.tiles(request.user)
        parts = glances.parts(request.user)
    context = {"tiles": tiles, "parts": parts, "tone": glances.worst(tiles), "now": clock.now()}
    context["asking"] = [tile for tile in tiles if tile.state.tone != glances.OK]
    return render(request, "ops/page.html", context)


@require_safe
def jobs(request):
    """The jobs of the house that this person may see, by kind and state, the newest first."""
    require_look(request.user)
    kind, state, before = (request.GET.get(name, "") for name in ("kind", "state", "before"))
    rows = Job.objects.visible_to(request.user).select_related("actor").order_by("-pk")
    names = set(_kinds(request.user))
    if kind:
        rows = rows.filter(kind=kind) if kind in names else rows.none()
    rows = rows.filter(state=state) if state in Job.State.values else rows
    rows = rows.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 19 else rows
    found = list(rows[: PAGE + 1])
    query = request.GET.copy()
    query["before"] = str(found[PAGE - 1].pk) if len(found) > PAGE else ""
    context = {
        "rows": [_row(job) for job in found[:PAGE]],
        "next_url": "?" + query.urlencode() if query["before"] else "",
        "is_first": not before,
        "kind": kind,
        "kinds": sorted(((name, history.title_of(name)) for name in names), key=lambda pair: str(pair[1])),
        "state": state,
        "states": Job.State.choices,
    }
    return render(request, "ops/job_list.html", context)


@require_POST
def run_now(request):
    """Let a periodic task run out of turn."""
    require_look(request.user)
    task = periodic.named(request.POST.get("name", ""))
    if task is None:
        raise Http404
    services.run_now(task, by=request.user)
    messages.success(request, _("“%(title)s” was handed to a worker") % {"title": task.title})
    return redirect(reverse("ops:page") + "#schedule")


def _kinds(actor):
    return Job.objects.visible_to(actor).order_by().values_list("kind", flat=True).distinct()


def _row(job):
    return {"job": job, "title": history.title_of(job.kind), "tone": JOB_TONES[job.state], "seconds": history.seconds_of(job)}
