"""The models of this floor, room by room."""

from feedback.tickets.models import *  # noqa: F403
