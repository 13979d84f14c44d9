"""What products add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights

rights.register(
    "products", _("Products"), without=("assign", "delete"), masked_fields={"products.floor_price": _("floor price")},
)
