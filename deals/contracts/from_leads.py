"""What holds the conversion of a lead fast: a contract with the customer it became."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deals.contracts.models import Contract


def holds(lead):
    """The contracts of the lead's opportunities, and all that the company got since the conversion, drafts included."""
    since = Q(opportunity__lead=lead) | Q(company=lead.company_id, created_at__gte=lead.closed_at)
    return [_("There is a contract: %(number)s.") % {"number": one.number} for one in Contract.objects.live().filter(since)]
