"""What they tell us."""

from django.utils.translation import gettext_lazy as _

from crm.core import rooms


class FeedbackConfig(rooms.FloorConfig):
    """What they tell us."""

    name = "feedback"
    verbose_name = _("Feedback")
    rooms = ("tickets",)
