"""The bin of the whole house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rooms


class BinConfig(rooms.PartConfig):
    """The bin of the whole house."""

    name = "crm.bin"
    label = "bin"
    verbose_name = _("Bin")
