"""What a person is told without asking."""

from django.utils.translation import gettext_lazy as _

from crm.core import rooms


class NotificationsConfig(rooms.PartConfig):
    """What a person is told without asking."""

    name = "crm.notifications"
    label = "notifications"
    verbose_name = _("Notifications")
