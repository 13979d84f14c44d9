"""What was planned, in the picture of a customer as it was: shown, and planned anew by its own verbs."""

from django.utils.translation import gettext_lazy as _

from customers.past.kinds import register
from interactions.followups.models import FollowUp

register(FollowUp, also=("state",), page="interactions:followups:detail", position=80, stuck=_("Plan it anew, or move its time."))
