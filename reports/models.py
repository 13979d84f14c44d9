"""The models of this floor, room by room."""

from reports.funnel.models import *  # noqa: F403
