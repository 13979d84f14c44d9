"""The pages of companies: load through the scope, call one verb, answer."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.activity.timeline import timeline
from crm.bin.pages import BinPage, RestorePage
from crm.core.policy import allows
from crm.web.bulk import BulkPage
from crm.web.bulkfields import FieldPage
from crm.web.cells import CellPage
from crm.web.forms import HandOverForm, TagForm
from crm.web.lists import Bulk, ListPage, Preset, counted
from crm.web.pages import Act, FormPage, PanelsPart, RecordPage, load
from crm.web.panels import draw
from customers.companies import completeness, options, page, services
from customers.companies.cleaning import COMMON
from customers.companies.filters import CompanyFilters
from customers.companies.forms import CompanyForm
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
        Preset("starred", gettext_lazy("Starred"), "starred=true"),
        Preset("all", gettext_lazy("All"), ""),
    )
    bulk = (
        Bulk("assignment", gettext_lazy("Hand over"), "user-share", "customers:companies:bulk-assignment", "companies.assign"),
        Bulk("tags", gettext_lazy("Tag"), "tag", "customers:companies:bulk-tags", "companies.edit"),
        Bulk("field", gettext_lazy("Change a field"), "pencil", "customers:companies:bulk-field", "companies.edit"),
        Bulk("bin", gettext_lazy("Delete"), "trash", "customers:companies:bulk-bin", "companies.delete"),
    )
    empty_icon = "building"
    empty_title = gettext_lazy("No companies yet")
    empty_text = gettext_lazy("Import a sheet or add the first one. Duplicates are checked before the import.")
    create_url = "customers:companies:new"
    bin_url = "customers:companies:bin"
    import_kind = "companies"
    related = ("owner", "team")


class CompanyPage(RecordPage):
    """All we know about one company."""

    model = Company
    related = ("owner", "team", "parent", "pool")
    template = "customers/companies/detail.html"

    def get(self, request, pk):
        if request.GET.get("part") == "tabs":
            record = load(Company, request.user, pk)
            tabs = counted(request, page.tabs_of(record, request.user, is_counted=True))
            return render(request, "customers/companies/tabs.html", {"tabs": tabs, "is_counted": True})
        return super().get(request, pk)

    def context(self, request, record):
        actor = request.user
        facts = page.facts_of(record, actor)
        details = page.details_of(record, actor)
        share = next((fact.share for fact in facts if fact.share is not None), None)
        labels = {name: options.labels(name).get(getattr(record, name), "") for name in ("industry", "size")}
        return labels | {
            "chain": chain_of(record, share, late=any(fact.tone == "bad" for fact in facts)),
            "missing": [{"name": name, "label": Company._meta.get_field(name).verbose_name, "points": gain} for name, gain in completeness.explained(record)],
            "idle_days": idle_words(record),
            "facts": facts,
            "details": details,
            "call_url": next((fact.url for fact in details if fact.url.startswith("tel:")), ""),
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
        sure = request.POST.get("even_if_known") == "1"
        return services.update(record, form.values(), by=request.user, version=form.cleaned_data["version"], even_if_known=sure)

    def heading(self, record):
        return _("Edit %(name)s") % {"name": record.name}

    def success_url(self, saved):
        return reverse("customers:companies:detail", args=[saved.pk])


class CompanyCell(CellPage):
    """One value of a company, changed in its place in the list."""

    model, table, form = Company, TABLE, CompanyForm

    def save(self, record, values, by, version):
        return services.update(record, values, by=by, version=version)


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

    def save(self, request, form, record):
        services.assign([record], to=form.cleaned_data["owner"], by=request.user, reason=form.cleaned_data["reason"])
        return record

    def success_url(self, saved):
        return reverse("customers:companies:detail", args=[saved.pk])


class CompanyBin(BinPage):
    """Deleted companies."""

    model = Company
    title = gettext_lazy("Deleted companies")
    list_url, restore_url = "customers:companies:list", "customers:companies:restore"


class RestoreCompany(RestorePage):
    """Take a company out of the bin."""

    model, bin_url = Company, "customers:companies:bin"


class BulkAssign(BulkPage):
    """Hand many companies over."""

    model, action, list_url, form = Company, "assign", "customers:companies:list", HandOverForm
    title = gettext_lazy("Hand over")

    def act(self, request, rows, form):
        to = form.cleaned_data["owner"]
        moved = services.assign(rows, to=to, by=request.user, reason=form.cleaned_data["reason"])
        words = ngettext("%(n)d company handed to %(name)s", "%(n)d companies handed to %(name)s", len(moved))
        return words % {"n": len(moved), "name": to}


class BulkTag(BulkPage):
    """Put a tag on many companies."""

    model, list_url, form = Company, "customers:companies:list", TagForm
    title = gettext_lazy("Tag")

    def act(self, request, rows, form):
        services.tag_many(rows, form.cleaned_data["tag"], by=request.user)
        return _("Tagged with “%(tag)s”") % {"tag": form.cleaned_data["tag"]}


class BulkField(FieldPage):
    """Give one field of many companies one value."""

    model, list_url, record_form, fields = Company, "customers:companies:list", CompanyForm, COMMON

    def update(self, rows, values, by):
        return services.update_many(rows, values, by=by)


class BulkDelete(BulkPage):
    """Put many companies into the bin."""

    model, action, list_url = Company, "delete", "customers:companies:list"

    def act(self, request, rows, form):
        services.delete_many(rows, by=request.user)
        return ngettext("%(n)d company is in the bin", "%(n)d companies are in the bin", len(rows)) % {"n": len(rows)}
