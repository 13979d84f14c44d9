"""The pages of duplicates: the list that people decide on, the decision, and a search started by hand."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from crm.core.policy import require
from customers.duplicates import page, searches, services
from customers.duplicates.models import DuplicatePair
from customers.duplicates.reading import subjects
from customers.merging.kinds import kinds


class Review(View):
    """The pairs that wait, and one of them side by side: `?at=` names it, `?part=related` shows those that only belong together."""

    def get(self, request, noun):
        if noun not in kinds:
            raise Http404
        require(request.user, f"{noun}.merge")
        part = request.GET.get("part", "")
        return render(request, "customers/duplicates/review.html", page.of(request, noun, part if part in page.PARTS else ""))


class Decide(View):
    """What a person says about a pair."""

    http_method_names = ["post"]

    def post(self, request, pk):
        pair = get_object_or_404(DuplicatePair.objects.visible_to(request.user, "merge"), pk=pk)
        state = request.POST.get("state", "")
        if state not in services.SAYABLE:
            raise Http404
        services.decide(pair, state, by=request.user)
        part = "related" if pair.decision == DuplicatePair.Decision.RELATED else ""
        messages.success(request, services.SAYABLE[state], extra_tags=f"undo:{reverse('customers:duplicates:reopen', args=[pair.pk])}")
        return redirect(reverse("customers:duplicates:review", args=[pair.noun]) + (f"?part={part}" if part else ""))


class Reopen(View):
    """Take a decision about a pair back."""

    http_method_names = ["post"]

    def post(self, request, pk):
        pair = get_object_or_404(DuplicatePair.objects.visible_to(request.user, "merge"), pk=pk)
        services.decide(pair, DuplicatePair.State.OPEN, by=request.user)
        return redirect(f"{reverse('customers:duplicates:review', args=[pair.noun])}?at={pair.pk}")


class Search(View):
    """Look through all records now."""

    http_method_names = ["post"]

    def post(self, request, noun):
        if noun not in subjects:
            raise Http404
        job = searches.under_way(noun) or searches.search(noun, by=request.user)
        if job.actor_id == request.user.pk:
            return redirect("jobs:detail", pk=job.pk)
        messages.info(request, _("This search is under way already."))
        return redirect("customers:duplicates:review", noun=noun)
