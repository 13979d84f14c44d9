"""The pages of interactions: load through the scope, call one verb, answer."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.activity.timeline import timeline
from crm.bin.pages import BinPage, RestorePage
from crm.core.policy import allows
from crm.web.lists import ListPage, Preset
from crm.web.pages import Act, FormPage, RecordPage, back_to
from interactions.followups import naming
from interactions.followups.models import Channel
from interactions.log import services
from interactions.log.filters import InteractionFilters
from interactions.log.forms import InteractionForm, LogForm
from interactions.log.models import Interaction, Outcome
from interactions.log.tables import TABLE, TONES, outcome_of
from interactions.log.talking import COMPOSER

OUTCOMES = [(out.value, out.label, TONES[out][1], n) for n, out in enumerate(Outcome, 1)]


class Interactions(ListPage):
    """Everything that was said with customers, as far as the person may see it."""

    model, table, filters = Interaction, TABLE, InteractionFilters
    title = gettext_lazy("Interactions")
    presets = (
        Preset("mine", gettext_lazy("Mine"), "owner=me"),
        Preset("interested", gettext_lazy("Interested"), "outcome=interested"),
        Preset("inbound", gettext_lazy("From the customer"), "inbound=true"),
        Preset("unhappy", gettext_lazy("Dissatisfied"), "satisfaction_max=2"),
        Preset("all", gettext_lazy("All"), ""),
    )
    empty_icon = "message-2"
    empty_title = gettext_lazy("Nothing has been logged yet")
    empty_text = gettext_lazy("Log a call, a visit or a message on the page of a customer.")
    create_url = "interactions:log:new"
    bin_url = "interactions:log:bin"
    related = ("owner", "team", "company", "contact")


class InteractionPage(RecordPage):
    """One interaction."""

    model = Interaction
    related = ("owner", "team", "company", "contact")
    template = "interactions/log/detail.html"

    def context(self, request, record):
        return {
            "about": naming.about_link(record, request.user),
            "outcome": outcome_of(record.outcome),
            "timeline": timeline(record, request.user),
            "may_edit": allows(request.user, "interactions.edit", record),
            "may_delete": allows(request.user, "interactions.delete", record),
        }


class LogInteraction(FormPage):
    """Log what was said; `?company=12`, `?contact=`, `?lead=` or `?opportunity=` says with whom.

    On the page of a customer the form opens in place; without scripts it is a page of its own.
    """

    model, form, action = Interaction, LogForm, "create"
    template = "interactions/log/new.html"
    title = gettext_lazy("Log a follow-up")

    def make_form(self, request, record, *data):
        known = {} if data else naming.named(request) | {"channel": request.GET.get("channel") or Channel.PHONE}
        return self.form(*data, actor=request.user, record=record, initial=known)

    def context(self, request, record):
        return {"in_place": self._in_place(), "frame": "bare_part.html" if self._in_place() else "base.html", "next": self._next(), "outcomes": OUTCOMES}

    def save(self, request, form, record):
        return services.log(form.values(), by=request.user, once=form.cleaned_data["once"])

    def done(self, request, saved):
        if self._in_place():
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return redirect(self.success_url(saved))

    def success_url(self, saved):
        return back_to(self.request) or reverse("interactions:log:detail", args=[saved.pk])

    def cancel_url(self, request, record):
        return self._next() or reverse("interactions:log:list")

    def _in_place(self):
        return bool(self.request.htmx) and self.request.htmx.target == COMPOSER

    def _next(self):
        """The page of the customer the address names, to go back to."""
        found = naming.named(self.request)
        record = found["about"] or found["contact"] or found["company"]
        if self.request.GET.get("company") and not found["about"]:
            record = found["company"]
        return page_of(record) if record else back_to(self.request)


class EditInteraction(FormPage):
    """Correct what was logged."""

    model, form = Interaction, InteractionForm
    done_message = gettext_lazy("Saved")

    def save(self, request, form, record):
        return services.update(record, form.values(), by=request.user, version=form.cleaned_data["version"])

    def heading(self, record):
        return _("Edit %(name)s") % {"name": record.subject}

    def success_url(self, saved):
        return reverse("interactions:log:detail", args=[saved.pk])


class DeleteInteraction(Act):
    """Put an interaction into the bin."""

    model, action = Interaction, "delete"

    def act(self, request, record):
        services.delete(record, by=request.user)
        return _("%(name)s is in the bin") % {"name": record.subject}

    def success_url(self, record):
        return reverse("interactions:log:list")


def page_of(record):
    """The page of a customer record."""
    return naming.PAGES.get(record.noun, f"/deals/{record.noun}/") + f"{record.pk}/"


class InteractionBin(BinPage):
    """Deleted interactions."""

    model = Interaction
    title = gettext_lazy("Deleted interactions")
    list_url, restore_url = "interactions:log:list", "interactions:log:restore"


class RestoreInteraction(RestorePage):
    """Take an interaction out of the bin."""

    model, bin_url = Interaction, "interactions:log:bin"
