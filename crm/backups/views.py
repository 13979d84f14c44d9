"""The pages of backups: load, call one verb, answer."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.backups import page, services
from crm.backups.entries import FULL, INCREMENTAL
from crm.backups.models import Backup, Drill
from crm.core.policy import require
from crm.web.pages import back_to

KINDS = {FULL, INCREMENTAL}


@require_safe
def backups(request):
    """How things stand, the last runs and the last drills."""
    require(request.user, "house.back_up")
    return render(request, "backups/list.html", page.glance(request.user))


@require_safe
def backup(request, pk):
    """One run with its files."""
    row = get_object_or_404(Backup.objects.visible_to(request.user).select_related("actor"), pk=pk)
    return render(request, "backups/detail.html", page.detail(row, request.user))


@require_safe
def drill(request, pk):
    """One drill with its steps."""
    row = get_object_or_404(Drill.objects.visible_to(request.user).select_related("actor"), pk=pk)
    return render(request, "backups/drill.html", {"drill": row, "steps": page.steps(row)})


@require_POST
def taking(request):
    """Take a backup in the background."""
    kind = request.POST.get("kind", "")
    if kind not in KINDS:
        raise Http404
    job = services.start(kind, by=request.user)
    return redirect("jobs:detail", pk=job.pk)


@require_POST
def drilling(request):
    """Prove the newest backup in the background."""
    job = services.start_drill(by=request.user, code=request.POST.get("code", "")[:60])
    return redirect("jobs:detail", pk=job.pk)


@require_POST
def download(request, pk):
    """Take a file of a backup away, sealed as it is; noted down and told before the first byte goes out."""
    row = get_object_or_404(Backup.objects.visible_to(request.user), pk=pk)
    part = request.POST.get("part", "")
    path = page.local_path(row, part)
    if path is None:
        messages.error(request, _("This file does not lie on this machine: fetch it from the bucket."))
        return redirect(back_to(request) or "backups:list")
    services.downloaded(row, part, by=request.user)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{row.code}-{part}", content_type="application/octet-stream")
