"""While something new is typed: what the house knows already, and asking to see it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from crm.core.policy import require
from crm.web.pages import back_to
from customers.matching import checking, services, telling
from customers.matching.models import AccessRequest, Path
from customers.matching.subjects import subjects

SHOWN = 5
LONGEST = 200


class Hint(View):
    """The records that may be the one somebody is typing: `Hint.as_view(noun="companies")`."""

    noun = ""
    http_method_names = ["get", "head", "options"]

    def get(self, request):
        require(request.user, f"{self.noun}.create")
        typed = {name: text[:LONGEST] for name, text in request.GET.items()}
        findings = checking.check(self.noun, [subjects[self.noun].typed(typed)], path=Path.FORM)[0]
        found = telling.told(findings, request.user)[:SHOWN]
        return render(request, "web/alike.html", {"matches": found, "noun": self.noun})


class AskForAccess(View):
    """Ask whoever looks after a record that one may not see."""

    http_method_names = ["post", "options"]

    def post(self, request):
        services.ask_for_access(request.POST.get("ticket", "")[:500], by=request.user)
        if request.htmx:
            return render(request, "web/access_asked.html")
        messages.success(request, _("Asked. You will get a notice as soon as access is granted."))
        return redirect(back_to(request) or "/")


class Access(View):
    """One request: whoever looks after the record reads who asks, and grants it with one click."""

    def get(self, request, pk):
        asked, record = self._load(request, pk)
        return render(request, "customers/matching/access.html", {"asked": asked, "record": record, "url": f"{subjects[asked.noun].url}{record.pk}/"})

    def post(self, request, pk):
        asked, _record = self._load(request, pk)
        services.grant_access(asked, by=request.user)
        messages.success(request, _("%(name)s sees it from now on") % {"name": asked.asked_by})
        return redirect(request.path)

    def _load(self, request, pk):
        asked = get_object_or_404(AccessRequest.objects.select_related("asked_by", "granted_by"), pk=pk)
        record = services.record_of(asked) if asked.noun in subjects else None
        if record is None or not subjects[asked.noun].model.objects.visible_to(request.user).filter(pk=record.pk).exists():
            raise Http404
        if not services.may_grant(asked, record, request.user):
            raise PermissionDenied
        return asked, record
