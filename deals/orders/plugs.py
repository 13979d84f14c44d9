"""What orders add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights

rights.register(
    "orders", _("Orders"),
    extra={"agree_special_price": _("agree to special prices")},
    masked_fields={"orders.amount": _("amount")},
)
