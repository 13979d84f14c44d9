"""Plans and payments in the picture of a customer as it was: shown, and never set back."""

from django.utils.translation import gettext_lazy as _

from crm.web import formats
from customers.past.kinds import register
from deals.payments.models import Instalment, Payment

register(Instalment, title=lambda row: formats.day(row.due_on), position=50, stuck=_("Plan the payments of the order anew instead."))
register(Payment, page="deals:payments:detail", position=60, stuck=_("Money that moved stays; refund it or withdraw the payment."))
