"""The spine: one append-only row for every change."""

from django.utils.translation import gettext_lazy as _

from crm.core import rooms


class ActivityConfig(rooms.PartConfig):
    """Timeline, audit and the readers of events all live off this app."""

    name = "crm.activity"
    label = "activity"
    verbose_name = _("Activity")
