"""The pages of leads: load through the scope, call one verb, answer. Today's queue stands in `queue_views`,
what is done with many at once in `bulk_views`."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from crm.accounts.models import Pool
from crm.activity.timeline import timeline
from crm.core.ids import normal_credit_code
from crm.core.policy import allows, require
from crm.web.cells import CellPage
from crm.web.forms import HandOverForm
from crm.web.lists import Bulk, ListPage, Preset
from crm.web.pages import Act, FormPage, PanelsPart, RecordPage, back_to, load
from crm.web.panels import draw
from customers.companies.models import Company
from deals.leads import conversion, joining, page, pools, services
from deals.leads.filters import LeadFilters
from deals.leads.forms import ConvertForm, InvalidForm, LeadForm, ReasonForm, ReturnForm
from deals.leads.models import Lead
from deals.leads.tables import POOL_TABLE, TABLE

OPEN = "state=pending&state=working"
GIVE = (
    Bulk("assignment", gettext_lazy("Assign"), "user-share", "deals:leads:bulk-assignment", "leads.assign"),
    Bulk("bin", gettext_lazy("Delete"), "trash", "deals:leads:bulk-bin", "leads.delete"),
)


class Leads(ListPage):
    """All leads the person may see."""

    model, table, filters = Lead, TABLE, LeadFilters
    title = gettext_lazy("Leads")
    presets = (
        Preset("mine", gettext_lazy("Mine"), f"owner=me&{OPEN}&sort=-score"),
        Preset("quality", gettext_lazy("High quality"), f"grade=A&grade=B&{OPEN}&sort=-score"),
        Preset("overdue", gettext_lazy("Overdue"), "overdue=true"),
        Preset("unassigned", gettext_lazy("Unassigned"), "state=unassigned"),
        Preset("converted", gettext_lazy("Converted"), "state=converted"),
        Preset("invalid", gettext_lazy("Invalid"), "state=invalid"),
        Preset("all", gettext_lazy("All"), ""),
    )
    bulk = (Bulk("return", gettext_lazy("Return to pool"), "waves-electricity", "deals:leads:bulk-return", "leads.return"), *GIVE)
    empty_icon = "user-plus"
    empty_title = gettext_lazy("No leads yet")
    empty_text = gettext_lazy("Import a sheet, add one by hand, or claim some from the pool.")
    create_url = "deals:leads:new"
    bin_url = "deals:leads:bin"
    import_kind = "leads"
    related = ("owner", "team", "pool", "company")


class PoolLeads(Leads):
    """The leads that wait in the pools within reach, the best first."""

    is_main = False
    list_name = "leads-pool"
    table = POOL_TABLE
    title = gettext_lazy("Pool")
    bulk = (Bulk("claim", gettext_lazy("Claim"), "user-check", "deals:leads:bulk-claim", "leads.claim"), *GIVE)
    empty_icon = "waves-electricity"
    empty_title = gettext_lazy("The pool is empty")
    empty_text = gettext_lazy("Whatever is returned or comes in without an owner waits here.")
    create_url = bin_url = import_kind = ""

    def rows(self, actor):
        return Lead.objects.live().open().filter(owner=None, pool__isnull=False)

    def preset_tabs(self, request):
        """All pools, then each of one's own."""
        own = Pool.objects.filter(pk__in=request.user.pool_ids(), noun="leads")
        chosen = request.GET.getlist("pool")
        tabs = [{"label": _("All pools"), "url": "?", "current": not chosen}]
        return tabs + [{"label": pool.name, "url": f"?pool={pool.pk}", "current": chosen == [str(pool.pk)]} for pool in own]


class LeadPage(RecordPage):
    """All we know about one lead."""

    model = Lead
    related = ("owner", "team", "pool", "company", "contact")
    template = "deals/leads/detail.html"

    def context(self, request, record):
        actor = request.user
        return page.of(record, actor) | {
            "middle_panels": draw(request, "leads", record, "middle"),
            "timeline": timeline(record, actor),
            "may_edit": not record.is_converted and allows(actor, "leads.edit", record),
            "may_delete": not record.is_converted and allows(actor, "leads.delete", record),
            "may_assign": record.is_open and allows(actor, "leads.assign", record),
        }


class LeadPanels(PanelsPart):
    """What other rooms show on the page of a lead."""

    model = Lead


class LeadForms(FormPage):
    """Forms that end on the page of the lead."""

    model = Lead
    related = ("owner", "team", "pool", "company")

    def success_url(self, saved):
        return back_to(self.request) or reverse("deals:leads:detail", args=[saved.pk])


class CreateLead(LeadForms):
    """Add a lead."""

    form, action = LeadForm, "create"
    title = gettext_lazy("New lead")

    def save(self, request, form, record):
        if to := request.POST.get("join", ""):
            return joining.add_to_customer(form.values(), to=to, by=request.user, once=form.cleaned_data["once"])
        sure = request.POST.get("even_if_known") == "1"
        return services.create(form.values(), by=request.user, once=form.cleaned_data["once"], even_if_known=sure)

    def success_url(self, saved):
        """The lead; the customer it was added to, where it was."""
        return page.customer_of(saved) or super().success_url(saved)


class EditLead(LeadForms):
    """Change a lead."""

    form = LeadForm
    done_message = gettext_lazy("Saved")

    def save(self, request, form, record):
        sure = request.POST.get("even_if_known") == "1"
        return services.update(record, form.values(), by=request.user, version=form.cleaned_data["version"], even_if_known=sure)

    def heading(self, record):
        return _("Edit %(name)s") % {"name": record.name}


class LeadCell(CellPage):
    """One value of a lead, changed in its place in the list."""

    model, table, form = Lead, TABLE, LeadForm
    related = ("owner", "team", "pool", "company")

    def save(self, record, values, by, version):
        return services.update(record, values, by=by, version=version)


class ClaimLead(Act):
    """Take a lead out of a pool; whoever comes second reads who was first."""

    model = Lead

    def post(self, request, pk):
        lead = pools.to_claim(pk, by=request.user)
        if lead is None:
            raise Http404
        messages.success(request, self.act(request, lead))
        return self.done(request, lead)

    def act(self, request, record):
        pools.claim(record, by=request.user)
        return _("%(name)s is yours now") % {"name": record.name}

    def success_url(self, record):
        return reverse("deals:leads:detail", args=[record.pk])


class AssignLead(LeadForms):
    """Give a lead to a person."""

    form, action = HandOverForm, "assign"
    title = gettext_lazy("Assign")

    def record(self, request, pk):
        return load_to_give(request.user, pk, "assign")

    def save(self, request, form, record):
        pools.assign([record], to=form.cleaned_data["owner"], by=request.user, reason=form.cleaned_data["reason"])
        return record


class ReturnLead(LeadForms):
    """Put a lead back into a pool."""

    form, action = ReturnForm, "return"
    title = gettext_lazy("Return to pool")
    done_message = gettext_lazy("Back in the pool")

    def save(self, request, form, record):
        pools.return_to_pool([record], pool=form.cleaned_data["pool"], by=request.user, reason=form.cleaned_data["reason"])
        return record

    def success_url(self, saved):
        """Back to where one worked; the lead itself may be out of sight by now."""
        return back_to(self.request) or reverse("deals:leads:list")


class InvalidateLead(LeadForms):
    """The lead can never become a customer."""

    form = InvalidForm
    title = gettext_lazy("Invalid")

    def save(self, request, form, record):
        return services.invalidate(record, reason=form.cleaned_data["reason"], by=request.user)


class RevalidateLead(Act):
    """It was called invalid by mistake."""

    model = Lead

    def act(self, request, record):
        services.restore_valid(record, by=request.user)
        return _("%(name)s is valid again") % {"name": record.name}

    def success_url(self, record):
        return reverse("deals:leads:detail", args=[record.pk])


class ConvertLead(LeadForms):
    """Make a customer of the lead."""

    form, action = ConvertForm, "convert"
    template = "deals/leads/conversion.html"
    title = gettext_lazy("Convert to customer")

    def context(self, request, record):
        return {
            "missing": page.missing_for_conversion(record),
            "moves": page.moves_of(record, request.user),
            "may_without_code": request.user.may("leads.convert_without_code"),
        }

    def save(self, request, form, record):
        sure = request.POST.get("even_if_known") == "1"
        return conversion.convert(record, by=request.user, even_if_known=sure, **form.given())

    def done(self, request, saved):
        messages.success(request, _("%(lead)s is a customer now: %(company)s") % {"lead": saved.name, "company": saved.company})
        return redirect(self.success_url(saved))

    def success_url(self, saved):
        """The company, where one goes on; the lead, for whoever may not see the company."""
        if Company.objects.visible_to(self.request.user).filter(pk=saved.company_id).exists():
            return reverse("customers:companies:detail", args=[saved.company_id])
        return reverse("deals:leads:detail", args=[saved.pk])


@require_safe
def company_hint(request, pk):
    """While the credit code is typed: the customer with this code whom the lead would join."""
    load(Lead, request.user, pk, "convert")
    code = normal_credit_code(request.GET.get("credit_code", "")[:40])
    twin = Company.objects.visible_to(request.user).filter(credit_code=code).first() if code else None
    return render(request, "deals/leads/company_hint.html", {"company": twin})


class UnconvertLead(LeadForms):
    """Take a conversion back."""

    form, action = ReasonForm, "convert"
    title = gettext_lazy("Take the conversion back")
    done_message = gettext_lazy("The conversion was taken back")

    def save(self, request, form, record):
        return conversion.unconvert(record, by=request.user, reason=form.cleaned_data["reason"])


class DeleteLead(Act):
    """Put a lead into the bin."""

    model, action = Lead, "delete"

    def act(self, request, record):
        services.delete(record, by=request.user)
        return _("%(name)s is in the bin") % {"name": record.name}

    def success_url(self, record):
        return reverse("deals:leads:list")


def load_to_give(actor, pk, action):
    """The lead, if this person may give it away: in reach, or waiting in one of the own pools."""
    require(actor, f"leads.{action}")
    found = Lead.objects.assignable_by(actor, action).filter(pk=pk).select_related("owner", "pool").first()
    return found or load(Lead, actor, pk, action)
