"""Records that a person keeps an eye on."""

from django.utils.translation import gettext_lazy as _

from crm.core import rooms


class StarsConfig(rooms.PartConfig):
    """Records that a person keeps an eye on."""

    name = "crm.stars"
    label = "stars"
    verbose_name = _("Stars")
