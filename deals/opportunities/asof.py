"""Opportunities in the picture of a customer as it was."""

from django.utils.translation import gettext_lazy as _

from customers.past.kinds import register
from customers.past.own import apart, putting
from deals.opportunities import cleaning, services
from deals.opportunities.models import Opportunity

register(
    Opportunity,
    put=putting(services.update, services.assign),
    fields=apart(cleaning.FIELDS),
    also=("stage",),
    put_away=services.delete,
    page="deals:opportunities:detail",
    position=20,
    stuck=_("Stages follow the work: move it on the board, or reopen it."),
)
