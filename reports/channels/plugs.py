"""What channels add to the house."""

from crm.rest.router import router
from reports.channels import cells
from reports.channels.api import ChannelsReport

router.register("reports/channels", ChannelsReport, basename="report-channels")

# Imported for the summaries it registers.
SUMMARIES = cells.groups
