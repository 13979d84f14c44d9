"""What channels add to the house."""

from crm.rest.router import router
from reports.channels.api import ChannelsReport

router.register("reports/channels", ChannelsReport, basename="report-channels")
