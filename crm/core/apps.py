"""What every part stands on; it has no tables, but the functions and extensions the database needs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """What every part stands on; it has no tables, but the functions and extensions the database needs."""

    name = "crm.core"
    label = "core"
    verbose_name = _("Foundations")
