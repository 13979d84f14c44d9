"""People, teams and roles."""

from django.utils.translation import gettext_lazy as _

from crm.core import rooms


class AccountsConfig(rooms.PartConfig):
    """The part of the platform that knows who asks and how far that person reaches."""

    name = "crm.accounts"
    label = "accounts"
    verbose_name = _("People and rights")
