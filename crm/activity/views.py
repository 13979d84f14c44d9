"""The older part of a timeline, a timeline by itself, and taking a change back."""

from django.apps import apps
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from crm.activity.bulkchanges import bulk_changes
from crm.activity.timeline import timeline
from crm.activity.undo import undo
from crm.web.pages import load


def record_timeline(request, noun, pk):
    """A page of the timeline of any record the person may see: `?group=` narrows it, `?before=` goes back in time."""
    model = next((m for m in apps.get_models() if getattr(m, "noun", "") == noun and hasattr(m.objects, "visible_to")), None)
    if model is None:
        raise Http404
    record = load(model, request.user, pk)
    before = request.GET.get("before", "")
    page = timeline(
        record,
        request.user,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
        group=request.GET.get("group"),
    )
    template = "activity/timeline_page.html"
    if request.htmx:
        template = "activity/timeline_older.html" if before else "activity/timeline.html"
    return render(request, template, {"timeline": page, "record": record})


@require_safe
def bulk(request):
    """What this person did with several records at once, each with the way back."""
    return render(request, "activity/bulk.html", {"changes": bulk_changes(request.user)})


@require_POST
def undoing(request, event):
    """Take a change back and say how many records are as they were, and how many are not."""
    found = undo(event, by=request.user)
    done, left = len(found.restored), len(found.left)
    words = ngettext("%(n)d record is as it was", "%(n)d records are as they were", done) % {"n": done}
    messages.success(request, words)
    if left:
        kept = ngettext(
            "%(n)d record stays: it was changed since, or something stands in its way",
            "%(n)d records stay: they were changed since, or something stands in their way",
            left,
        )
        messages.warning(request, kept % {"n": left})
    return redirect(_page_before(request))


def _page_before(request):
    """The list or record the person was on: a toast's button does not know where it is shown."""
    page = request.META.get("HTTP_REFERER", "")
    return page if url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}) else "/"
