"""The views of a list: its tabs, the one the person came from, and what can be done when the list was changed since."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from crm.web.querystrings import kept_of, same, without


class Views:
    """The views of one list as one person meets them: those of the product, the own ones, those shown to all of the house."""

    def __init__(self, page, request):
        self.page, self.request = page, request
        self.query = without(kept_of(request.GET), "view")
        self.saved = request.user.views_of(page.list_name)
        named = request.GET.get("view", "")
        self.present = next((view for view in self.saved if str(view.pk) == named), None)
        self.tabs = self._tabs()

    @property
    def is_changed(self):
        """Whether the person came from a saved view and now looks at something else."""
        return self.present is not None and not same(self.query, QueryDict(self.present.address))

    @property
    def is_kept(self):
        """Whether what is shown stands under a tab already."""
        return not self.is_changed and any(tab["current"] for tab in self.tabs)

    def deeds(self):
        """What the toolbar offers: to save, to update the view one came from, to change its name or forget it."""
        user, view = self.request.user, self.present
        found = {"save_view_url": "" if self.is_kept else self._url("accounts:new-view", query=self.query.urlencode(), list=self.page.list_name)}
        if view is not None and view.is_kept_by(user):
            found |= {"view": view, "view_url": self._url("accounts:view", view.pk)}
        if self.is_changed and view.user_id == user.pk:
            found |= {"update_view_url": reverse("accounts:update-view", args=[view.pk]), "view_query": self.query.urlencode()}
        return found

    def _url(self, name, *args, **values):
        return f"{reverse(name, args=args)}?{urlencode({**values, 'next': self.request.path})}"

    def _tabs(self):
        tabs = self.page.preset_tabs(self.request) + [self._tab(view) for view in self.saved]
        for tab in tabs:
            if self.present is not None:
                tab["current"] = tab.get("id") == self.present.pk
            elif "current" not in tab:
                tab["current"] = same(self.query, without(QueryDict(tab["url"][1:]), "view"))
        return tabs

    def _tab(self, view):
        owner = view.user if view.user_id != self.request.user.pk else None
        return {"label": view.name, "url": view.url, "id": view.pk, "owner": owner}
