"""What sales add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.rest.router import router
from crm.web import nav
from reports.sales import cells
from reports.sales.api import SalesReport

nav.pages.add("sales", nav.Page(_("Sales"), "reports:sales:page", "chart-bar", "manage", "reports.view", 64))
router.register("reports/sales", SalesReport, basename="report-sales")

# Imported for the summaries it registers.
SUMMARIES = cells.groups
