"""What contracts add to the house."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.activity.numbers import by_number
from crm.core import rights
from crm.core.search import by_name, first_in_scope
from crm.files.keeping import keep_files_of
from crm.rest.router import router
from crm.web import nav
from crm.web.asking import Deed
from crm.web.pickers import LIMIT, Picker, pickers
from crm.web.search import Finder, Hit, finders
from customers.companies import page as company_page
from deals.contracts import asof, binning, from_leads, telling, undoing  # noqa: F401 - register the words of its events, and what can be taken back
from deals.contracts.api import ContractViewSet
from deals.contracts.models import Contract
from deals.contracts.services import SERIES
from deals.leads.outcomes import Outcome, outcomes
from deals.opportunities import page as opportunity_page
from deals.opportunities.gates import Missing, asks

rights.register("contracts", _("Contracts"), masked_fields={"contracts.amount": _("amount")})
keep_files_of(Contract, "deals:contracts:detail")
nav.pages.add("contracts", nav.Page(_("Contracts"), "deals:contracts:list", "file-check", "deals", "contracts.view", 60))
nav.creations.add("contracts", nav.Creation(_("Contract"), "deals:contracts:new", "file-check", "contracts.create", 50))
router.register("contracts", ContractViewSet)
outcomes.add("contracts", Outcome(holds=from_leads.holds))
company_page.tabs.add("contracts", company_page.Tab(_("Contracts"), "deals:contracts:list", "contracts.view", 30))


@asks("negotiation")
def _contract(opportunity):
    if opportunity.pk is None or not Contract.objects.drafted_for(opportunity).exists():
        yield Missing("contract", _("Draft the contract."))


@opportunity_page.onward.named("10-contract")
def _contract_next(opportunity, actor):
    """The contract that is still to be drafted, or the draft that is to be signed."""
    standing = Contract.objects.drafted_for(opportunity)
    if not standing.exists():
        url = f"{reverse('deals:contracts:new')}?opportunity={opportunity.pk}"
        return [Deed(gettext("Draft a contract"), url, "file-check", "primary", is_link=True)] if actor.may("contracts.create") else []
    if standing.in_force().exists():
        return []
    draft = standing.visible_to(actor, "edit").order_by("-pk").first()
    return [Deed(gettext("Sign the contract"), reverse("deals:contracts:sign", args=[draft.pk]), "signature", "primary", is_link=True)] if draft else []


def _search(actor, typed, **ids):
    rows = Contract.objects.live().exclude(state="ended").filter(**{f"{name}_id": pk for name, pk in ids.items()})
    rows = rows.filter(by_number(typed, SERIES) | by_name(typed)) if typed else rows
    return list(first_in_scope(rows.select_related("company"), actor, LIMIT))


def _one(actor, pk):
    return Contract.objects.visible_to(actor).select_related("company").filter(pk=pk).first()


def _find(actor, typed, limit):
    rows = Contract.objects.live().filter(by_number(typed, SERIES) | by_name(typed)).select_related("company")
    return [Hit(row.name, f"/deals/contracts/{row.pk}/", f"{row.number} · {row.company}") for row in first_in_scope(rows, actor, limit)]


pickers.add("contracts", Picker(_search, _one, lambda row: f"{row.name} · {row.company}", ("company",)))
finders.add("contracts", Finder(_("Contracts"), "file-check", "contracts.view", _find, 50))
