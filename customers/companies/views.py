"""The pages of companies: load through the scope, call one verb, answer."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from crm.activity.timeline import timeline
from crm.core.policy import allows, require
from crm.web.lists import Bulk, ListPage, Preset
from crm.web.pages import Act, FormPage, PanelsPart, RecordPage
from crm.web.panels import draw
from customers.companies import completeness, options, page, services
from customers.companies.filters import CompanyFilters
from customers.companies.forms import CompanyForm, HandOverForm
from customers.companies.models import Company
from customers.companies.steps import chain_of, idle_words
from customers.companies.tables import TABLE


class Companies(ListPage):
    """All companies the person may see."""

    model, table, filters = Company, TABLE, CompanyFilters
    title = gettext_lazy("Companies")
    presets = (
        Preset("mine", gettext_lazy("Mine"), "owner=me"),
        Preset("idle", gettext_lazy("30 days without contact"), "owner=me&idle=30&sort=contact"),
        Preset("all", gettext_lazy("All"), ""),
    )
    bulk = (
        Bulk("assignment", gettext_lazy("Hand over"), "user-share", "customers:companies:bulk-assignment", "companies.assign"),
        Bulk("tags", gettext_lazy("Tag"), "tag", "customers:companies:bulk-tags", "companies.edit"),
        Bulk("bin", gettext_lazy("Delete"), "trash", "customers:companies:bulk-bin", "companies.delete"),
    )
    empty_icon = "building"
    empty_title = gettext_lazy("No companies yet")
    empty_text = gettext_lazy("Import a sheet or add the first one. Duplicates are checked before the import.")
    create_url = "customers:companies:new"
    import_kind = "companies"
    related = ("owner", "team")


class CompanyPage(RecordPage):
    """All we know about one company."""

    model = Company
    related = ("owner", "team", "parent", "pool")
    template = "customers/companies/detail.html"

    def context(self, request, record):
        actor = request.user
        labels = {name: options.labels(name).get(getattr(record, name), "") for name in ("industry", "size")}
        return labels | {
            "chain": chain_of(record),
            "missing": [Company._meta.get_field(name).verbose_name for name in completeness.missing(record)[:3]],
            "idle_days": idle_words(record),
            "facts": page.facts_of(record, actor),
            "details": page.details_of(record, actor),
            "tabs": page.tabs_of(record, actor),
            "actions": page.actions_of(record, actor),
            "left_panels": draw(request, "companies", record, "left"),
            "middle_panels": draw(request, "companies", record, "middle"),
            "timeline": timeline(record, actor),
            "may_edit": allows(actor, "companies.edit", record),
            "may_delete": allows(actor, "companies.delete", record),
            "may_assign": allows(actor, "companies.assign", record),
        }


class CompanyPanels(PanelsPart):
    """What other rooms show on the page of a company."""

    model = Company


class CreateCompany(FormPage):
    """Add a company."""

    model, form, action = Company, CompanyForm, "create"
    title = gettext_lazy("New company")

    def save(self, request, form, record):
        sure = request.POST.get("even_if_known") == "1"
        return services.create(form.values(), by=request.user, once=form.cleaned_data["once"], even_if_known=sure)

    def success_url(self, saved):
        return reverse("customers:companies:detail", args=[saved.pk])


class EditCompany(FormPage):
    """Change a company."""

    model, form = Company, CompanyForm
    done_message = gettext_lazy("Saved")

    def save(self, request, form, record):
        return services.update(record, form.values(), by=request.user, version=form.cleaned_data["version"])

    def heading(self, record):
        return _("Edit %(name)s") % {"name": record.name}

    def success_url(self, saved):
        return reverse("customers:companies:detail", args=[saved.pk])


class DeleteCompany(Act):
    """Put a company into the bin."""

    model, action = Company, "delete"

    def act(self, request, record):
        services.delete(record, by=request.user)
        return _("%(name)s is in the bin") % {"name": record.name}

    def success_url(self, record):
        return reverse("customers:companies:list")


class AssignCompany(FormPage):
    """Give a company to another person."""

    model, form, action = Company, HandOverForm, "assign"
    title = gettext_lazy("Hand over")

    def make_form(self, request, record, *data):
        return self.form(*data, actor=request.user)

    def save(self, request, form, record):
        services.assign([record], to=form.cleaned_data["owner"], by=request.user, reason=form.cleaned_data["reason"])
        return record

    def success_url(self, saved):
        return reverse("customers:companies:detail", args=[saved.pk])


class Bin(View):
    """Deleted companies, and the way back."""

    def get(self, request):
        require(request.user, "companies.delete")
        rows = Company.objects.binned_visible_to(request.user, "delete").select_related("owner").order_by("-deleted_at")[:200]
        return render(request, "customers/companies/bin.html", {"rows": rows})


class RestoreCompany(View):
    """Take a company out of the bin."""

    http_method_names = ["post"]

    def post(self, request, pk):
        company = Company.objects.binned_visible_to(request.user, "delete").filter(pk=pk).first()
        if company is not None:
            services.restore(company, by=request.user)
            messages.success(request, _("%(name)s is back") % {"name": company.name})
        return redirect("customers:companies:bin")


class BulkView(View):
    """Something done with many companies; their ids come by POST as `id`."""

    http_method_names = ["post"]
    right = "companies.edit"

    def post(self, request):
        require(request.user, self.right)
        ids = [int(pk) for pk in request.POST.getlist("id") if pk.isdigit()][:1000]
        rows = list(Company.objects.visible_to(request.user).filter(pk__in=ids))
        return self.answer(request, rows)

    def done(self, request, text):
        messages.success(request, text)
        return redirect(reverse("customers:companies:list") + "?" + request.POST.get("query", ""))


class BulkAssign(BulkView):
    """Hand many companies over; the first post asks to whom."""

    right = "companies.assign"

    def answer(self, request, rows):
        form = HandOverForm(request.POST if "owner" in request.POST else None, actor=request.user)
        if not form.is_valid():
            context = {"form": form, "rows": rows, "title": _("Hand over"), "query": request.POST.get("query", "")}
            return render(request, "web/bulk_form.html", context, status=422 if form.is_bound else 200)
        moved = services.assign(rows, to=form.cleaned_data["owner"], by=request.user, reason=form.cleaned_data["reason"])
        words = ngettext("%(n)d company handed to %(name)s", "%(n)d companies handed to %(name)s", len(moved))
        return self.done(request, words % {"n": len(moved), "name": form.cleaned_data["owner"]})


class BulkTag(BulkView):
    """Put a tag on many companies."""

    def answer(self, request, rows):
        tag = request.POST.get("tag", "").strip()[:40]
        if not tag:
            context = {"rows": rows, "title": _("Tag"), "query": request.POST.get("query", ""), "field": "tag"}
            return render(request, "web/bulk_form.html", context)
        services.tag_many(rows, tag, by=request.user)
        return self.done(request, _("Tagged with “%(tag)s”") % {"tag": tag})


class BulkDelete(BulkView):
    """Put many companies into the bin."""

    right = "companies.delete"

    def answer(self, request, rows):
        for row in rows:
            services.delete(row, by=request.user)
        words = ngettext("%(n)d company is in the bin", "%(n)d companies are in the bin", len(rows))
        return self.done(request, words % {"n": len(rows)})
