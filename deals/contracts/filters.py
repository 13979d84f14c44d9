"""How contracts are narrowed: list, export, saved views and API alike."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.accounts.filters import InTeam
from crm.activity.numbers import by_number
from crm.core.search import by_name
from crm.web import filters as f
from crm.web.amounts import AmountBetween
from customers.companies.models import Company
from deals.contracts.models import Contract
from deals.contracts.services import SERIES


def matching(typed):
    """Contracts by their number, their name, or the name of the company."""
    companies = Company.objects.live().filter(by_name(typed)).values("pk")
    return by_number(typed, SERIES) | by_name(typed) | Q(company__in=companies)


class ContractFilters(f.ListFilters):
    """The filters of contracts."""

    q = f.Search(matching, label=_("Search"))
    company = f.Picked("companies", field_name="company", label=_("Company"))
    owner = f.Person(field_name="owner", label=_("Owner"))
    team = InTeam(field_name="team", label=_("Team"))
    state = f.OneOf(field_name="state", choices=Contract.State.choices, label=_("State"))
    opportunity = f.Picked("opportunities", field_name="opportunity", label=_("Opportunity"))
    amount = AmountBetween(field_name="amount", guarded="contracts.amount", label=_("Amount"))
    signed = f.DayRange(field_name="signed_on", label=_("Signed on"))
    ends = f.DayRange(field_name="ends_on", label=_("Ends"))
    created = f.DayRange(field_name="created_at", moment=True, label=_("Created"))

    class Meta:
        model = Contract
        fields: list = []
