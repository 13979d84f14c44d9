"""What background jobs add to the house."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.activity.wording import describer
from crm.core import rights
from crm.jobs.history import title_of
from crm.jobs.services import RETRIED

rights.register("jobs", _("Background jobs"), without=("create", "assign", "delete", "import", "export"))


@describer(RETRIED, icon="refresh")
def retried(activity, facts):
    """The words for a job that was tried again."""
    return gettext("Job tried again: %(title)s") % {"title": title_of(activity.data["kind"])}, activity.data["error"]
