"""Running the house: its services, its processes, its health, and the page that tells of all that."""

from django.utils.translation import gettext_lazy as _

from crm.core import rooms


class OpsConfig(rooms.PartConfig):
    """Running the house: its services, its processes, its health, and the page that tells of all that."""

    name = "crm.ops"
    label = "ops"
    verbose_name = _("Operations")
