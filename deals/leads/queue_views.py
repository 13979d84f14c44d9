"""Today's queue: one lead after the other."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from crm.core.errors import Invalid
from crm.core.policy import require
from crm.web.pages import load
from deals.leads import queue_page
from deals.leads.models import Lead
from deals.leads.queue_forms import CallForm
from interactions.log import services as log

TEMPLATE = "deals/leads/queue.html"


class QueuePage(View):
    """The queue; `?at=12` puts that lead into the middle, `?list=1` shows the list alone on a phone."""

    def get(self, request):
        require(request.user, "leads.edit")
        return show(request, number(request.GET.get("at", "")), is_list="list" in request.GET)


class WorkedPage(View):
    """A lead of the queue was contacted: log it and go on with the next one."""

    http_method_names = ["post"]

    def post(self, request, pk):
        lead = load(Lead, request.user, pk, related=("company",))
        form = CallForm(request.POST, actor=request.user)
        if not form.is_valid():
            return show(request, pk, form, status=422)
        try:
            log.log(form.values() | {"about": lead}, by=request.user, once=form.cleaned_data["once"])
        except Invalid as refusal:
            form.take(refusal)
            return show(request, pk, form, status=422)
        messages.success(request, _("Logged: %(name)s") % {"name": lead.name})
        after = number(request.POST.get("after", ""))
        return redirect(reverse("queue:today") + (f"?at={after}" if after else ""))


def show(request, at, form=None, status=200, is_list=False):
    """Draw the queue."""
    context = queue_page.of(request.user, at, is_list)
    return render(request, TEMPLATE, context | {"form": form or CallForm(actor=request.user)}, status=status)


def number(text):
    """The id in an address; None for anything else."""
    return int(text) if text.isdecimal() and len(text) < 19 else None
