"""What a person is told without asking."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """What a person is told without asking."""

    name = "crm.notifications"
    label = "notifications"
    verbose_name = _("Notifications")
