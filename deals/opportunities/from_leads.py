"""What the conversion of a lead does with opportunities."""

from django.utils.translation import gettext_lazy as _

from deals.leads.events import UNCONVERTED
from deals.leads.refusals import told_as
from deals.opportunities import services
from deals.opportunities.models import Opportunity, Stage

CARRIED = ("source", "need")


def open_one(lead, values, *, by):
    """The opportunity a lead becomes; what is left out is taken from the lead, its name from the company."""
    known = {field: getattr(lead, field) for field in CARRIED if getattr(lead, field)} | {"name": lead.company.name}
    values = known | {field: value for field, value in values.items() if value not in (None, "")}
    values |= {"company": lead.company, "contact": lead.contact}
    with told_as("opportunity"):
        return services.create(values, by=by, owner=lead.owner or by, lead=lead)


def withdraw(lead, *, by):
    """Put what the conversion opened into the bin."""
    for opportunity in Opportunity.objects.live().filter(lead=lead):
        services.delete(opportunity, by=by, because=UNCONVERTED)


def holds(lead):
    """A sale that has come as far as its order keeps the customer."""
    late = Opportunity.objects.live().filter(lead=lead, state__in=(Stage.Kind.PENDING_ORDER, Stage.Kind.WON))
    return [_("The opportunity %(name)s is won.") % {"name": one.name} for one in late]
