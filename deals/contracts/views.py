"""The pages of contracts: load through the scope, call one verb, answer."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.activity.timeline import timeline
from crm.bin.pages import BinPage, RestorePage
from crm.core.policy import allows
from crm.web.bulk import BulkPage
from crm.web.forms import HandOverForm
from crm.web.links import named_in_query
from crm.web.lists import Bulk, ListPage, Preset
from crm.web.pages import Act, FormPage, PanelsPart, RecordPage
from crm.web.panels import draw
from customers.companies.models import Company
from deals.contracts import page, services
from deals.contracts.filters import ContractFilters
from deals.contracts.forms import ContractForm, SignForm, TerminateForm
from deals.contracts.models import Contract
from deals.contracts.tables import TABLE, state_of
from deals.opportunities.models import Opportunity


class Contracts(ListPage):
    """All contracts the person may see."""

    model, table, filters = Contract, TABLE, ContractFilters
    title = gettext_lazy("Contracts")
    presets = (
        Preset("mine", gettext_lazy("Mine"), "owner=me"),
        Preset("drafts", gettext_lazy("Drafts"), "state=draft"),
        Preset("in_force", gettext_lazy("In force"), "state=signed&state=executing&sort=-signed"),
        Preset("all", gettext_lazy("All"), ""),
    )
    bulk = (Bulk("assignment", gettext_lazy("Hand over"), "user-share", "deals:contracts:bulk-assignment", "contracts.assign"),)
    empty_icon = "file-check"
    empty_title = gettext_lazy("No contracts yet")
    empty_text = gettext_lazy("Draft one on the page of an opportunity or a company, or import those you have.")
    create_url = "deals:contracts:new"
    bin_url = "deals:contracts:bin"
    import_kind = "contracts"
    related = ("owner", "team", "company", "opportunity")


class ContractPage(RecordPage):
    """All we know about one contract."""

    model = Contract
    related = ("owner", "team", "company", "opportunity", "opportunity__stage")
    template = "deals/contracts/detail.html"

    def context(self, request, record):
        actor = request.user
        return page.of(record, actor) | {
            "state": state_of(record),
            "middle_panels": draw(request, "contracts", record, "middle"),
            "timeline": timeline(record, actor),
            "may_edit": allows(actor, "contracts.edit", record),
            "may_delete": record.is_draft and allows(actor, "contracts.delete", record),
            "may_assign": allows(actor, "contracts.assign", record),
        }


class ContractPanels(PanelsPart):
    """What other rooms show on the page of a contract."""

    model = Contract
    related = ("company",)


class CreateContract(FormPage):
    """Draft a contract; `?opportunity=12` or `?company=12` says out of what."""

    model, form, action = Contract, ContractForm, "create"
    title = gettext_lazy("New contract")

    def make_form(self, request, record, *data):
        initial = {} if data else self.form.from_parents(named_in_query(request, Opportunity, "opportunity"), named_in_query(request, Company, "company"))
        return self.form(*data, actor=request.user, record=record, initial=initial)

    def save(self, request, form, record):
        return services.create(form.values(), by=request.user, once=form.cleaned_data["once"])

    def success_url(self, saved):
        return reverse("deals:contracts:detail", args=[saved.pk])


class ContractForms(FormPage):
    """What the forms about a contract share."""

    model = Contract
    related = ("owner", "company", "opportunity")

    def success_url(self, saved):
        return reverse("deals:contracts:detail", args=[saved.pk])


class EditContract(ContractForms):
    """Change a draft, or the notes of what is signed."""

    form = ContractForm
    done_message = gettext_lazy("Saved")

    def save(self, request, form, record):
        return services.update(record, form.values(), by=request.user, version=form.cleaned_data["version"])

    def heading(self, record):
        return _("Edit %(name)s") % {"name": record.number}


class SignContract(ContractForms):
    """Both sides have signed."""

    form = SignForm
    title = gettext_lazy("Sign the contract")
    done_message = gettext_lazy("The contract is signed")

    def save(self, request, form, record):
        return services.sign(record, signed_on=form.cleaned_data["signed_on"], by=request.user)


class TerminateContract(ContractForms):
    """End a contract before its time."""

    form = TerminateForm
    title = gettext_lazy("Terminate the contract")

    def save(self, request, form, record):
        return services.terminate(record, reason=form.cleaned_data["reason"], by=request.user)


class AssignContract(ContractForms):
    """Give a contract to another person."""

    form, action = HandOverForm, "assign"
    title = gettext_lazy("Hand over")

    def save(self, request, form, record):
        services.assign([record], to=form.cleaned_data["owner"], by=request.user, reason=form.cleaned_data["reason"])
        return record


class StartContract(Act):
    """The contract is being carried out."""

    model = Contract

    def act(self, request, record):
        services.start(record, by=request.user)
        return _("%(number)s is being carried out") % {"number": record}


class CompleteContract(Act):
    """Both sides have done what they signed."""

    model = Contract

    def act(self, request, record):
        services.complete(record, by=request.user)
        return _("%(number)s is completed") % {"number": record}


class DeleteContract(Act):
    """Put a draft into the bin."""

    model, action = Contract, "delete"

    def act(self, request, record):
        services.delete(record, by=request.user)
        return _("%(name)s is in the bin") % {"name": record}

    def success_url(self, record):
        return reverse("deals:contracts:list")


class ContractBin(BinPage):
    """Deleted drafts."""

    model = Contract
    title = gettext_lazy("Deleted contracts")
    list_url, restore_url = "deals:contracts:list", "deals:contracts:restore"


class RestoreContract(RestorePage):
    """Take a draft out of the bin."""

    model, bin_url = Contract, "deals:contracts:bin"


class BulkAssign(BulkPage):
    """Hand many contracts over."""

    model, action, list_url, form = Contract, "assign", "deals:contracts:list", HandOverForm
    title = gettext_lazy("Hand over")

    def act(self, request, rows, form):
        to = form.cleaned_data["owner"]
        moved = services.assign(rows, to=to, by=request.user, reason=form.cleaned_data["reason"])
        words = ngettext("%(n)d contract handed to %(name)s", "%(n)d contracts handed to %(name)s", len(moved))
        return words % {"n": len(moved), "name": to}
