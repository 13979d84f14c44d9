"""People, teams and roles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """The part of the platform that knows who asks and how far that person reaches."""

    name = "crm.accounts"
    label = "accounts"
    verbose_name = _("People and rights")
