"""How money comes."""

from django.utils.translation import gettext_lazy as _

from crm.core import rooms


class DealsConfig(rooms.FloorConfig):
    """How money comes."""

    name = "deals"
    verbose_name = _("Deals")
    rooms = ("products", "leads", "opportunities", "contracts", "orders", "payments")
