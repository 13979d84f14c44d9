"""The models of this floor, room by room."""

from interactions.followups.models import *  # noqa: F403
from interactions.log.models import *  # noqa: F403
