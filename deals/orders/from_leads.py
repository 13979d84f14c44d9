"""What holds the conversion of a lead fast: an order of the customer it became, and with it every payment."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deals.orders.models import Order


def holds(lead):
    """The orders of the lead's opportunities, and all that the company placed since the conversion, drafts included."""
    since = Q(opportunity__lead=lead) | Q(company=lead.company_id, created_at__gte=lead.closed_at)
    return [_("There is an order: %(number)s.") % {"number": one.number} for one in Order.objects.live().filter(since)]
