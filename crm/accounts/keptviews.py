"""The verbs about views of lists: keep one, change it, forget it."""

from django.db.models import Max
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from crm.accounts import events
from crm.accounts.models import SavedView
from crm.activity.spine import change, event
from crm.core.cleaning import Problems
from crm.core.errors import NotAllowed
from crm.core.policy import require

SHARE = "house.share_views"
# Of one page or one visit, not of a view.
PASSING = ("view", "cursor", "part")


def save_view(*, by, list_name, name, query="", columns=(), is_shared=False):
    """Keep a list's filters, columns and order under a name of one's own; the newest comes last."""
    query, columns = _parted(query, columns)
    view = SavedView(user=by, list_name=list_name, name=_name(name), query=query, columns=columns)
    with event(events.VIEW_SAVED, by=by, subject=by) as found:
        _check(view)
        _share(view, is_shared, by)
        last = SavedView.objects.filter(user=by, list_name=list_name).aggregate(n=Max("position"))["n"]
        view.position = (last or 0) + 1
        view.save(force_insert=True)
        found.data |= {"list": list_name, "name": view.name}
        return view


def change_view(view, *, by, name=None, is_shared=None):
    """Call a view otherwise, or show it to everybody or to nobody else; its place among the tabs stays."""
    _refuse_foreign(view, by)
    with change(events.VIEW_CHANGED, view, by=by) as (view, found):
        found.subject = by
        if name is not None:
            view.name = _name(name)
            _check(view)
        if is_shared is not None and is_shared != view.is_shared:
            _share(view, is_shared, by)
        view.save(update_fields=["name", "is_shared"])
        found.data |= {"list": view.list_name, "name": view.name}
        return view


def update_view(view, *, by, query, columns=()):
    """Let a view of one's own show from now on what the list shows."""
    if view.user_id != by.pk:
        raise NotAllowed(_("Only the person who saved a view can change what it shows."))
    with change(events.VIEW_CHANGED, view, by=by) as (view, found):
        found.subject = by
        view.query, view.columns = _parted(query, columns)
        view.save(update_fields=["query", "columns"])
        found.data |= {"list": view.list_name, "name": view.name}
        return view


def delete_view(view, *, by):
    """Forget a saved view: one's own, or as an administrator one that everybody is shown."""
    _refuse_foreign(view, by)
    with event(events.VIEW_DELETED, by=by, subject=by) as found:
        found.data |= {"list": view.list_name, "name": view.name}
        view.delete()


def _refuse_foreign(view, by):
    if not view.is_kept_by(by):
        raise NotAllowed(_("Only the person who saved a view can change or delete it."))


def _share(view, is_shared, by):
    if is_shared:
        require(by, SHARE)
    view.is_shared = is_shared


def _name(text):
    return " ".join((text or "").split())


def _check(view):
    problems, values = Problems(), {"name": view.name, "list_name": view.list_name}
    problems.required(values, "name")
    problems.length(values, SavedView)
    twins = SavedView.objects.filter(user=view.user_id, list_name=view.list_name, name=view.name).exclude(pk=view.pk)
    if twins.exists():
        problems.add("name", _("You have a view of this name on this list already."))
    problems.check()


def _parted(query, columns):
    """The filters and the order, apart from the columns; what belongs to one visit is dropped."""
    parts = QueryDict(query, mutable=True)
    names = [name for name in parts.pop("cols", [""])[-1].split(",") if name]
    for name in PASSING:
        parts.pop(name, None)
    return parts.urlencode(), names or list(columns)
