"""Running the house: its services, its processes, its health."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpsConfig(AppConfig):
    name = "crm.ops"
    label = "ops"
    verbose_name = _("Operations")
