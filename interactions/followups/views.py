"""The pages of follow-ups: load through the scope, call one verb, answer."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.core.policy import allows
from crm.web.asking import Deed
from crm.web.lists import ListPage, Preset
from crm.web.pages import Act, FormPage, RecordPage, back_to
from interactions.followups import naming, services
from interactions.followups.filters import FollowUpFilters
from interactions.followups.forms import CancelForm, FollowUpForm, RescheduleForm
from interactions.followups.models import FollowUp
from interactions.followups.tables import TABLE, is_late


class FollowUps(ListPage):
    """All follow-ups the person may see."""

    model, table, filters = FollowUp, TABLE, FollowUpFilters
    title = gettext_lazy("Follow-ups")
    presets = (
        Preset("today", gettext_lazy("Mine, today"), "owner=me&today=true"),
        Preset("overdue", gettext_lazy("Overdue"), "owner=me&overdue=true"),
        Preset("mine", gettext_lazy("Mine, open"), "owner=me&state=open"),
        Preset("open", gettext_lazy("All open"), "state=open"),
        Preset("all", gettext_lazy("All"), ""),
    )
    empty_icon = "calendar-repeat"
    empty_title = gettext_lazy("No follow-ups yet")
    empty_text = gettext_lazy("Plan the next step when you log a call, or add one here.")
    create_url = "interactions:followups:new"
    related = ("owner", "team", "company", "contact")


class FollowUpPage(RecordPage):
    """One follow-up."""

    model = FollowUp
    related = ("owner", "company", "contact", "interaction")
    template = "interactions/followups/detail.html"

    def context(self, request, record):
        return {"deeds": deeds_of(record, request.user), "about": naming.about_link(record, request.user), "is_late": is_late(record)}


class CreateFollowUp(FormPage):
    """Plan a next step; `?company=12`, `?contact=`, `?lead=` or `?opportunity=` says with whom."""

    model, form, action = FollowUp, FollowUpForm, "create"
    title = gettext_lazy("New follow-up")

    def make_form(self, request, record, *data):
        return self.form(*data, actor=request.user, record=record, initial={} if data else naming.named(request))

    def save(self, request, form, record):
        values = form.values()
        return services.plan(values, by=request.user, owner=form.owner, once=form.cleaned_data["once"])

    def success_url(self, saved):
        return back_to(self.request) or reverse("interactions:followups:detail", args=[saved.pk])


class RescheduleFollowUp(FormPage):
    """Do it at another time."""

    model, form = FollowUp, RescheduleForm
    title = gettext_lazy("Reschedule")
    done_message = gettext_lazy("Rescheduled")

    def make_form(self, request, record, *data):
        return self.form(*data, actor=request.user, record=record, initial={"due_at": record.due_at})

    def save(self, request, form, record):
        return services.reschedule(record, form.cleaned_data["due_at"], by=request.user)

    def success_url(self, saved):
        return back_to(self.request) or reverse("interactions:followups:detail", args=[saved.pk])


class CompleteFollowUp(Act):
    """It is done."""

    model = FollowUp

    def act(self, request, record):
        services.complete(record, by=request.user)
        return _("Done: %(title)s") % {"title": record.title}

    def success_url(self, record):
        query = self.request.POST.get("query", "")
        return (
            f"{reverse('interactions:followups:list')}?{query}" if "query" in self.request.POST else reverse("interactions:followups:detail", args=[record.pk])
        )


class CancelFollowUp(FormPage):
    """It is not needed any more."""

    model, form = FollowUp, CancelForm
    title = gettext_lazy("Cancel the follow-up")

    def save(self, request, form, record):
        return services.cancel(record, by=request.user, reason=form.cleaned_data["reason"])

    def success_url(self, saved):
        return back_to(self.request) or reverse("interactions:followups:detail", args=[saved.pk])


def deeds_of(record, actor):
    """What this person may do with it now."""
    if record.state != FollowUp.State.OPEN or not allows(actor, "followups.edit", record):
        return []
    return [
        Deed(_("Complete"), "completion/", "check", "primary"),
        Deed(_("Reschedule"), "time/", "calendar-time", form=RescheduleForm(actor=actor, record=record, initial={"due_at": record.due_at})),
        Deed(_("Cancel"), "cancellation/", "circle-x", "danger", CancelForm(actor=actor, record=record)),
    ]
