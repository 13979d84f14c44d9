"""What imports and exports add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights
from crm.importexport import people, runs, services  # noqa: F401 - people registers itself
from crm.jobs.kinds import handler

rights.register("imports", _("Imports"), without=("assign", "delete", "import", "export"))
handler(services.JOB, title=_("Import"), lease=120, limit=7200, url=lambda job: f"/imports/{job.args['run']}/")(runs.take_in)
handler(services.UNDO_JOB, title=_("Undo of an import"), lease=120, limit=7200, url=lambda job: f"/imports/{job.args['run']}/")(runs.undo)
