"""What opportunities add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights
from deals.leads.outcomes import Outcome, outcomes
from deals.opportunities import from_leads, services
from deals.opportunities.models import Opportunity
from interactions.followups.abouts import About, abouts

rights.register(
    "opportunities",
    _("Opportunities"),
    extra={"override": _("move on without what the stage asks for")},
    masked_fields={"opportunities.amount": _("expected amount")},
)

abouts.add(
    "opportunities",
    About(model=Opportunity, refuse=services.refuse_silent, contacted=services.contacted, last_contact=services.last_contact),
)

outcomes.add("opportunities", Outcome(open=from_leads.open_one, withdraw=from_leads.withdraw, holds=from_leads.holds))
