"""How payments and instalments are narrowed: list, export, saved views and API alike."""

from datetime import timedelta

import django_filters as df
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.accounts.filters import InTeam
from crm.activity.numbers import by_number
from crm.core import clock
from crm.core.search import by_name
from crm.web import filters as f
from crm.web.amounts import AmountBetween
from customers.companies.models import Company
from deals.orders.models import Order
from deals.orders.services import SERIES as ORDERS
from deals.payments.aging import BUCKETS
from deals.payments.models import Instalment, Payment
from deals.payments.services import SERIES

OPEN, OVERDUE, PAID = "open", "overdue", "paid"
STATES = ((OVERDUE, _("overdue")), (OPEN, _("open")), (PAID, _("paid")))


def name_of(first, last):
    """How a bucket of days is called in addresses: `1-30`, `91-`."""
    return f"{first}-{last or ''}"


def words_of(first, last):
    """How a bucket of days is called by people."""
    return _("%(first)d–%(last)d days") % {"first": first, "last": last} if last else _("over %(days)d days") % {"days": first - 1}


AGES = {name_of(first, last): (first, last) for first, last in BUCKETS}


def _companies(typed):
    return Company.objects.live().filter(by_name(typed)).values("pk")


def matching(typed):
    """Payments by their number, the bank's reference, or the name of the company."""
    return by_number(typed, SERIES) | Q(reference=typed.strip()) | Q(company__in=_companies(typed))


def planned(typed):
    """Instalments by the number of their order or the name of the company."""
    return Q(order__in=Order.objects.filter(by_number(typed, ORDERS)).values("pk")) | Q(company__in=_companies(typed))


class PaymentFilters(f.ListFilters):
    """The filters of payments."""

    q = f.Search(matching, label=_("Search"))
    company = f.Picked("companies", field_name="company", label=_("Company"))
    owner = f.Person(field_name="owner", label=_("Owner"))
    team = InTeam(field_name="team", label=_("Team"))
    kind = f.OneOf(field_name="kind", choices=Payment.Kind.choices, label=_("Kind"))
    method = f.OneOf(field_name="method", choices=Payment.Method.choices, label=_("Method"))
    order = f.Picked("orders", field_name="order", label=_("Order"))
    contract = f.Picked("contracts", field_name="order__contract", label=_("Contract"))
    amount = AmountBetween(field_name="amount", guarded="payments.amount", label=_("Amount"))
    received = f.DayRange(field_name="received_on", label=_("Day"))

    class Meta:
        model = Payment
        fields: list = []


class Standing(df.ChoiceFilter):
    """Instalments that are overdue, open or paid."""

    def filter(self, qs, value):
        if not value:
            return qs
        if value == OVERDUE:
            return qs.overdue(clock.today())
        return qs.owed() if value == OPEN else qs.with_open().filter(open__lte=0)

    def words(self, value):
        return gettext("is"), str(dict(STATES)[value])


class OfAge(df.ChoiceFilter):
    """Instalments that have been overdue for so many days."""

    def filter(self, qs, value):
        if not value:
            return qs
        first, last = AGES[value]
        qs = qs.overdue(clock.today()).filter(due_on__lte=clock.today() - timedelta(first))
        return qs.filter(due_on__gte=clock.today() - timedelta(last)) if last else qs

    def words(self, value):
        return gettext("is"), str(words_of(*AGES[value]))


class DueWithin(df.NumberFilter):
    """Open instalments that fall due within so many days."""

    def filter(self, qs, value):
        if value is None:
            return qs
        today = clock.today()
        return qs.owed().filter(due_on__gte=today, due_on__lte=today + timedelta(int(value)))

    def words(self, value):
        return gettext("within"), gettext("%(days)d days") % {"days": value}


class InstalmentFilters(f.ListFilters):
    """The filters of instalments."""

    q = f.Search(planned, label=_("Search"))
    state = Standing(choices=STATES, label=_("State"))
    age = OfAge(choices=lambda: [(name, words_of(*days)) for name, days in AGES.items()], label=_("Overdue for"))
    within = DueWithin(label=_("Due within (days)"), min_value=0, max_value=3650)
    company = f.Picked("companies", field_name="company", label=_("Company"))
    owner = f.Person(field_name="owner", label=_("Owner"))
    team = InTeam(field_name="team", label=_("Team"))
    order = f.Picked("orders", field_name="order", label=_("Order"))
    contract = f.Picked("contracts", field_name="order__contract", label=_("Contract"))
    due = f.DayRange(field_name="due_on", label=_("Due"))

    class Meta:
        model = Instalment
        fields: list = []
