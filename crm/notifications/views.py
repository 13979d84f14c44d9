"""The inbox."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from crm.notifications import services
from crm.notifications.models import Notice
from crm.notifications.notices import words_of

PAGE = 50


@require_safe
def inbox(request):
    """The notices of this person, the newest first; `?before=` goes back in time, `?unread=1` leaves out the read ones."""
    notices = Notice.objects.filter(user=request.user).order_by("-pk")
    unread = request.GET.get("unread") == "1"
    if unread:
        notices = notices.filter(read_at=None)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        notices = notices.filter(pk__lt=int(before))
    rows = list(notices[: PAGE + 1])
    items = [{"notice": row, "title": title, "body": body} for row in rows[:PAGE] for title, body in [words_of(row)]]
    older = rows[PAGE - 1].pk if len(rows) > PAGE else None
    context = {"items": items, "older": older, "unread": unread, "newest": rows[0].pk if rows else None}
    return render(request, "notifications/inbox.html", context)


@require_POST
def reading(request, pk):
    """Open a notice: it counts as read, and the person goes to what it is about."""
    notice = get_object_or_404(Notice, user=request.user, pk=pk)
    services.mark_read(notice)
    return redirect(notice.url or "notifications:inbox")


@require_POST
def reading_of_all(request):
    """Note everything the person has seen on the page as read."""
    up_to = request.POST.get("up_to", "")
    if up_to.isdecimal() and len(up_to) < 19:
        services.mark_all_read(request.user, int(up_to))
    return redirect("notifications:inbox")
