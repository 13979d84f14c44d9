"""What the page of operations adds to the house."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.activity.wording import describer
from crm.core import rights
from crm.ops import (
    parts,  # noqa: F401 - registers the sections of the page
    tiles,  # noqa: F401 - registers its tiles
)
from crm.ops.policies import VIEW
from crm.ops.services import RUN
from crm.web import nav

rights.register("operations", _("Operations"), without=set(rights.ROW_ACTIONS) - {"view"})
nav.pages.add("operations", nav.Page(_("Operations"), "ops:page", "lifebuoy", "manage", VIEW, 90))


@describer(RUN, icon="player-play")
def task_run(activity, facts):
    """The words for a periodic task that was started by hand."""
    return gettext("Periodic task started: %(title)s") % {"title": gettext(activity.data["name"])}
