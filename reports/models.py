"""The models of this floor, room by room."""

from reports.boards.models import *  # noqa: F403
from reports.channels.models import *  # noqa: F403
from reports.funnel.models import *  # noqa: F403
from reports.pipeline.models import *  # noqa: F403
from reports.sales.models import *  # noqa: F403
