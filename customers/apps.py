"""Who we know."""

from django.utils.translation import gettext_lazy as _

from crm.core import rooms


class CustomersConfig(rooms.FloorConfig):
    """Who we know."""

    name = "customers"
    verbose_name = _("Customers")
    rooms = ("companies", "contacts", "matching", "duplicates", "merging", "past", "quality")
