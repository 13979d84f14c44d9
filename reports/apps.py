"""What it all means; reads every floor, is read by none."""

from django.utils.translation import gettext_lazy as _

from crm.core import rooms


class ReportsConfig(rooms.FloorConfig):
    """What it all means; reads every floor, is read by none."""

    name = "reports"
    verbose_name = _("Reports")
    rooms = ("slices", "kept", "pipeline", "funnel", "sales", "channels", "boards")
