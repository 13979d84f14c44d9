"""What imports and exports add to the house."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.core import rights
from crm.importexport import checking, exports, people, runs, services, undoing
from crm.jobs.kinds import handler
from crm.web import nav


def result_of(job):
    """The page that shows what became of the rows."""
    return reverse("importexport:detail", args=[job.args["run"]])


def check_of(job):
    """The page on which the wrong rows are corrected."""
    return reverse("importexport:check", args=[job.args["run"]])


people.register()
rights.register("imports", _("Imports"), without=("assign", "delete", "import", "export"))
nav.pages.add("imports", nav.Page(_("Imports"), "importexport:list", "upload", "manage", "imports.view", 70))
handler(services.JOB, title=_("Import"), lease=120, limit=7200, url=result_of)(runs.take_in)
handler(services.UNDO_JOB, title=_("Undo of an import"), lease=120, limit=7200, url=result_of)(undoing.undo)
handler(services.CHECK_JOB, title=_("Check before an import"), lease=120, limit=7200, url=check_of)(checking.check)
handler(exports.JOB, title=_("Export"), lease=120, limit=7200)(exports.make)
