"""What contracts add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights
from deals.contracts.models import Contract
from deals.opportunities.gates import Missing, asks

rights.register("contracts", _("Contracts"), masked_fields={"contracts.amount": _("amount")})


@asks("negotiation")
def _contract(opportunity):
    if opportunity.pk is None or not Contract.objects.drafted_for(opportunity).exists():
        yield Missing("contract", _("Draft the contract."))
