"""The older part of a timeline, and a timeline by itself."""

from django.apps import apps
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from crm.activity.timeline import timeline


def record_timeline(request, noun, pk):
    """A page of the timeline of any record the person may see: `?group=` narrows it, `?before=` goes back in time."""
    model = next((m for m in apps.get_models() if getattr(m, "noun", "") == noun and hasattr(m.objects, "visible_to")), None)
    if model is None:
        raise Http404
    record = get_object_or_404(model.objects.visible_to(request.user), pk=pk)
    before = request.GET.get("before", "")
    page = timeline(
        record, request.user, before=int(before) if before.isdecimal() and len(before) < 19 else None,
        group=request.GET.get("group"),
    )
    template = "activity/timeline_page.html"
    if request.htmx:
        template = "activity/timeline_older.html" if before else "activity/timeline.html"
    return render(request, template, {"timeline": page, "record": record})
