"""What we said and what we promised."""

from django.utils.translation import gettext_lazy as _

from crm.core import rooms


class InteractionsConfig(rooms.FloorConfig):
    """What we said and what we promised."""

    name = "interactions"
    verbose_name = _("Interactions")
    rooms = ("followups", "log")
