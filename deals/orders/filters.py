"""How orders are narrowed: list, export, saved views and API alike."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from crm.accounts.filters import InTeam
from crm.activity.numbers import by_number
from crm.core.search import by_name
from crm.web import filters as f
from crm.web.amounts import AmountBetween
from customers.companies.models import Company
from deals.orders.models import Order, OrderLine
from deals.orders.services import SERIES


def matching(typed):
    """Orders by their number, their external ID, or the name of the company."""
    companies = Company.objects.live().filter(by_name(typed)).values("pk")
    return by_number(typed, SERIES) | Q(external_id=typed.strip()) | Q(company__in=companies)


class OfProduct(f.Picked):
    """Orders with a line of this product."""

    def filter(self, qs, value):
        if not value:
            return qs
        return qs.filter(Exists(OrderLine.objects.filter(order=OuterRef("pk"), product_id=int(value)))) if f.is_id(value) else qs.none()


class Awaiting(f.YesNo):
    """Whether a special price still waits for the team lead."""

    def filter(self, qs, value):
        if value is None:
            return qs
        waiting = Q(state="draft", is_special_price=True, special_price_agreed_by=None)
        return qs.filter(waiting) if value else qs.exclude(waiting)


class OrderFilters(f.ListFilters):
    """The filters of orders."""

    q = f.Search(matching, label=_("Search"))
    company = f.Picked("companies", field_name="company", label=_("Company"))
    owner = f.Person(field_name="owner", label=_("Owner"))
    team = InTeam(field_name="team", label=_("Team"))
    state = f.OneOf(field_name="state", choices=Order.State.choices, label=_("State"))
    special = f.YesNo(field_name="is_special_price", label=_("Special price"))
    awaiting = Awaiting(label=_("Waits for the team lead"))
    contract = f.Picked("contracts", field_name="contract", label=_("Contract"))
    opportunity = f.Picked("opportunities", field_name="opportunity", label=_("Opportunity"))
    product = OfProduct("products", label=_("Product"))
    amount = AmountBetween(field_name="amount", guarded="orders.amount", label=_("Amount"))
    placed = f.DayRange(field_name="placed_at", moment=True, label=_("Placed"))
    created = f.DayRange(field_name="created_at", moment=True, label=_("Created"))

    class Meta:
        model = Order
        fields: list = []
