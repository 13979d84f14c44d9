"""Backups that prove themselves."""

from django.utils.translation import gettext_lazy as _

from crm.core import rooms


class BackupsConfig(rooms.PartConfig):
    """Backups, their drills, and the way back."""

    name = "crm.backups"
    label = "backups"
    verbose_name = _("Backups")
