"""Contracts in the picture of a customer as it was."""

from django.utils.translation import gettext_lazy as _

from customers.past.kinds import register
from customers.past.own import apart, putting
from deals.contracts import cleaning, services
from deals.contracts.models import Contract

register(
    Contract,
    put=putting(services.update, services.assign),
    fields=apart(cleaning.FIELDS),
    also=("state",),
    put_away=services.delete,
    page="deals:contracts:detail",
    position=30,
    stuck=_("A contract that was signed, started or ended stays so; it has steps of its own."),
)
