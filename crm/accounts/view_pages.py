"""The pages of saved views: save what a list shows, call it otherwise, show it to everybody, update and forget it."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.accounts import keptviews
from crm.accounts.forms import ViewForm
from crm.accounts.models import SavedView
from crm.core.errors import Invalid, NotAllowed
from crm.core.policy import require
from crm.web.lists import viewed_lists


@require_http_methods(["GET", "POST"])
def new_view(request):
    """Save what a list shows under a name: `?list=` names the list, `?query=` what it shows."""
    given = request.POST if request.method == "POST" else request.GET
    page = viewed_lists.get(given.get("list", ""))
    if page is None:
        raise Http404
    require(request.user, f"{page.model.noun}.view")
    form = ViewForm(request.POST or None, actor=request.user)
    if form.is_valid():
        try:
            view = keptviews.save_view(by=request.user, list_name=page.list_name, query=given.get("query", ""), **form.cleaned_data)
        except Invalid as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Saved as the view “%(name)s”") % {"name": view.name})
            return _back(request, view.list_name, view.url)
    kept = {name: given.get(name, "") for name in ("list", "query", "next")}
    return _show(request, form, kept=kept, list_name=page.list_name)


@require_http_methods(["GET", "POST"])
def view(request, pk):
    """Call a view otherwise, or show it to everybody."""
    found = _load(request, pk)
    if not found.is_kept_by(request.user):
        raise NotAllowed(_("Only the person who saved a view can change or delete it."))
    form = ViewForm(request.POST or None, actor=request.user, view=found)
    if form.is_valid():
        try:
            found = keptviews.change_view(found, by=request.user, **form.cleaned_data)
        except Invalid as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Saved"))
            return _back(request, found.list_name, found.url)
    return _show(request, form, kept={"next": _asked(request)}, list_name=found.list_name, view=found)


@require_POST
def update_view(request, pk):
    """Let the view show what the list shows now."""
    found = keptviews.update_view(_load(request, pk), by=request.user, query=request.POST.get("query", ""))
    messages.success(request, _("The view “%(name)s” shows this from now on") % {"name": found.name})
    return _back(request, found.list_name, found.url)


@require_POST
def delete_view(request, pk):
    """Forget the view."""
    found = _load(request, pk)
    keptviews.delete_view(found, by=request.user)
    messages.success(request, _("The view “%(name)s” is gone") % {"name": found.name})
    return _back(request, found.list_name, "")


def _load(request, pk):
    """A view the person is shown: his own, or one for everybody; others are not there."""
    return get_object_or_404(SavedView.objects.select_related("user"), Q(user=request.user) | Q(is_shared=True), pk=pk)


def _show(request, form, *, kept, list_name, view=None):
    context = {"form": form, "kept": kept, "view": view, "frame": "bare_part.html" if request.htmx else "base.html"}
    context |= {"back": _home(_asked(request), list_name), "action": request.path}
    return render(request, "accounts/view.html", context, status=422 if form.is_bound else 200)


def _back(request, list_name, query):
    target = _home(_asked(request), list_name) + query
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return redirect(target)


def _asked(request):
    return request.POST.get("next") or request.GET.get("next", "")


def _home(path, list_name):
    """The address of the list that was named; the start page where the name is of something else."""
    try:
        page = getattr(resolve(path).func, "view_class", None)
    except Resolver404:
        page = None
    return path if page is not None and page is viewed_lists.get(list_name) else "/"
