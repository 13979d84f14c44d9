"""The page of a customer as it was: choose a moment, see the difference, bring back what is chosen."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from crm.activity.timeline import timeline
from crm.core import clock
from crm.core.errors import Conflict, Invalid, WrongState
from crm.core.policy import allows
from crm.web import formats
from crm.web.pages import load
from customers.companies.models import Company
from customers.past import services
from customers.past.asking import moment_of
from customers.past.comparing import compare
from customers.past.moments import presets

# So many of the latest events are on offer as moments.
TOLD = 15


class AsOf(View):
    """One customer at a moment beside today; POST brings the ticked differences back."""

    def get(self, request, pk):
        """The difference between then and now."""
        company = load(Company, request.user, pk, related=("owner",))
        try:
            at = moment_of(request.GET, company)
        except Invalid as refusal:
            return self.show(request, company, clock.now(), refusal=refusal, status=422)
        return self.show(request, company, at)

    def post(self, request, pk):
        """Bring back what was ticked; what refuses is told, and nothing is changed then."""
        company = load(Company, request.user, pk, "edit")
        at = parse_datetime(request.POST.get("moment", "")) or clock.now()
        choices = request.POST.getlist("choice")
        try:
            event = services.restore(company, at=at, choices=choices, by=request.user, versions=_versions(request.POST))
        except (Conflict, WrongState, Invalid) as refusal:
            return self.show(request, company, at, refusal=refusal, chosen=choices, status=refusal.status)
        words = ngettext("%(n)d value is as it was", "%(n)d values are as they were", len(choices)) % {"n": len(choices)}
        messages.success(request, words, extra_tags="undo:" + reverse("activity:undo", args=[event]))
        return redirect("customers:companies:detail", pk=company.pk)

    def show(self, request, company, at, *, refusal=None, chosen=(), status=200):
        """Draw the page; a moment that cannot be shown is said above it."""
        everything = request.GET.get("all") == "1"
        try:
            found = compare(company, at, by=request.user, everything=everything)
        except Invalid as error:
            found, refusal, status = None, refusal or error, 422
        context = {
            "record": company,
            "found": found,
            "at": at,
            "typed": f"{timezone.localtime(at):%Y-%m-%dT%H:%M}",
            "moment": at.isoformat(),
            "at_words": formats.moment(at),
            "everything": everything,
            "presets": presets(company),
            "told": timeline(company, request.user, limit=TOLD),
            "refusal": refusal,
            "chosen": chosen,
            "may_restore": allows(request.user, "companies.edit", company),
            "title": _("Earlier state"),
            "url": reverse("customers:companies:detail", args=[company.pk]),
        }
        return render(request, "customers/past/as_of.html", context, status=status)


def _versions(posted):
    """The versions of the records the person saw: fields named `version-contacts:12`."""
    pairs = ((name.removeprefix("version-"), text) for name, text in posted.items() if name.startswith("version-"))
    return {key: int(text) for key, text in pairs if text.isdecimal() and len(text) < 10}
