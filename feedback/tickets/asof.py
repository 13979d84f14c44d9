"""Feedback in the picture of a customer as it was."""

from django.utils.translation import gettext_lazy as _

from customers.past.kinds import register
from customers.past.own import apart, putting
from feedback.tickets import cleaning, services
from feedback.tickets.models import Ticket

register(
    Ticket,
    put=putting(services.update, services.assign),
    fields=apart(cleaning.FIELDS),
    also=("state",),
    put_away=services.delete,
    page="feedback:tickets:detail",
    position=70,
    stuck=_("Feedback moves by its own steps: answer, wait, resolve, reopen."),
)
