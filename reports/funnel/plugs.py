"""What the funnel adds to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights
from crm.rest.router import router
from crm.web import nav
from reports.funnel import cells
from reports.funnel.api import FunnelReport

rights.register("reports", _("Reports"), without=("create", "edit", "assign", "delete", "import"))
nav.pages.add("funnel", nav.Page(_("Funnel"), "reports:funnel:page", "filter", "manage", "reports.view", 60, "f"))
router.register("reports/funnel", FunnelReport, basename="report-funnel")

# Imported for the summaries it registers.
SUMMARIES = cells.groups
