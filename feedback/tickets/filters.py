"""How feedback is narrowed: list, export, saved views and API alike."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.activity.numbers import by_number
from crm.core import clock
from crm.core.search import by_name
from crm.web import filters as f
from customers.companies.models import Company
from feedback.tickets.models import Ticket
from feedback.tickets.queryset import OPEN_STATES
from feedback.tickets.services import SERIES


def matching(typed):
    """Feedback by its number, its subject, or the name of the company."""
    companies = Company.objects.live().filter(by_name(typed)).values("pk")
    return by_number(typed, SERIES) | by_name(typed) | Q(company__in=companies)


class IsOpen(f.YesNo):
    """Whether somebody still waits, we or the customer."""

    def filter(self, qs, value):
        if value is None:
            return qs
        return qs.filter(state__in=OPEN_STATES) if value else qs.exclude(state__in=OPEN_STATES)


class IsLate(f.YesNo):
    """Whether it should have been solved by now."""

    def filter(self, qs, value):
        if value is None:
            return qs
        late = qs.due_before(clock.now())
        return late if value else qs.exclude(pk__in=late.values("pk"))


class TicketFilters(f.ListFilters):
    """The filters of feedback."""

    q = f.Search(matching, label=_("Search"))
    open = IsOpen(label=_("Still open"))
    late = IsLate(label=_("Overdue"))
    state = f.OneOf(field_name="state", choices=Ticket.State.choices, label=_("State"))
    priority = f.OneOf(field_name="priority", choices=Ticket.Priority.choices, label=_("Priority"))
    category = f.OneOf(field_name="category", choices=Ticket.Category.choices, label=_("Category"))
    channel = f.OneOf(field_name="channel", choices=Ticket.Channel.choices, label=_("Channel"))
    owner = f.Person(field_name="owner", label=_("Owner"))
    company = f.Picked("companies", field_name="company", label=_("Company"))
    contact = f.Picked("contacts", field_name="contact", label=_("Contact"))
    product = f.Picked("products", field_name="product", label=_("Product"))
    tag = f.Tagged(field_name="tags", label=_("Tag"))
    satisfaction = f.Between(field_name="satisfaction", label=_("Satisfaction"))
    received = f.DayRange(field_name="received_at", moment=True, label=_("Came in"))

    class Meta:
        model = Ticket
        fields: list = []
