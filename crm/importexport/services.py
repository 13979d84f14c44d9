"""The verbs of imports: receive a file, start it, undo it."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.activity.spine import change, event
from crm.core import clock
from crm.core.errors import Invalid, WrongState
from crm.core.policy import require
from crm.importexport import events, files
from crm.importexport.importers import importers
from crm.importexport.intake import CREATE, MODES
from crm.importexport.known import known_mapping
from crm.importexport.mapping import Mapping
from crm.importexport.models import ImportRun, KeptMapping
from crm.importexport.reading import open_sheet
from crm.jobs import services as jobs

JOB, UNDO_JOB = "imports.run", "imports.undo"
KEPT_UNSTARTED = timedelta(days=7)


def receive(kind, source, name, *, by, sheet=""):
    """Keep a spreadsheet that is to be imported, and look whether it can be read; nothing is taken in yet."""
    require(by, importers[kind].right)
    token = files.keep(source)
    try:
        found = open_sheet(files.path_of(token), sheet)
    except Invalid:
        files.drop(token)
        raise
    mapping = mapping_for(importers[kind], found.headers, by=by)
    return ImportRun.objects.create(
        kind=kind,
        actor=by,
        token=token,
        file_name=name[-200:],
        sheet=sheet[:80],
        headers=found.headers,
        mapping=mapping.as_json(),
        created_at=clock.now(),
    )


def start(run, *, by, mapping=None, mode=CREATE, key=""):
    """Begin to take the rows in, in the background; started twice it is the same import."""
    with change(events.STARTED, run, by=by, right="imports.edit") as (run, found):
        require(by, importers[run.kind].right)
        if run.job_id:
            found.subject = None
            return run
        settle(run, mapping=mapping, mode=mode, key=key)
        run.job = jobs.start(JOB, by=by, args={"run": run.pk})
        run.save(update_fields=["mapping", "mode", "key", "job"])
        found.data.update(kind=run.kind, file=run.file_name, mode=mode)
        return run


def start_here(run, *, by, **choices):
    """The same for a caller who does the work himself at once: gives back the job, already claimed."""
    with transaction.atomic():
        run = start(run, by=by, **choices)
        return run, jobs.claim(run.job_id)


def undo(run, *, by):
    """Take back what the import created, in the background; what was changed since stays."""
    with change(events.UNDONE, run, by=by, right="imports.edit") as (run, found):
        if run.undo_job_id:
            found.subject = None
            return run
        if run.job is None or not run.job.is_over:
            raise WrongState(_("The import is still running; stop it first."), code="import_running")
        if importers[run.kind].delete is None:
            raise WrongState(_("An import of this kind cannot be undone as a whole."), code="no_undo")
        run.undo_job = jobs.start(UNDO_JOB, by=by, args={"run": run.pk})
        run.save(update_fields=["undo_job"])
        found.data.update(kind=run.kind, file=run.file_name)
        return run


def settle(run, *, mapping=None, mode=CREATE, key=""):
    """Set what the columns mean and how rows are taken; refuse what does not fit the sheet."""
    importer = importers[run.kind]
    fitted = Mapping.read(importer, mapping if mapping is not None else run.mapping)
    refuse_choice(importer, fitted, mode, key)
    fitted.check(run.headers, importer, creating=mode != "update")
    run.mapping, run.mode, run.key = fitted.as_json(), mode, key
    return fitted


def refuse_choice(importer, mapping, mode, key):
    """A change needs a field by which its record is found, and that field needs a column."""
    if mode not in MODES:
        raise Invalid(_("The mode is one of create, update, both."), field="mode", code="bad_mode")
    if mode == CREATE:
        return
    if importer.find is None or importer.update is None:
        raise Invalid(_("Records of this kind can be created by an import, not changed."), field="mode", code="bad_mode")
    if key not in [one.name for one in importer.key_fields()]:
        raise Invalid(_("Choose the field by which a row finds its record."), field="key", code="bad_key")
    if not mapping.header_of(key):
        raise Invalid(
            _("No column is given for “%(field)s”, by which the records are to be found.") % {"field": importer.names[key].label},
            field="key",
            code="bad_key",
        )


def remember(run, **choices):
    """Keep what was chosen so far on a run that has not begun, so that its page shows what it leads to."""
    settle(run, **choices)
    ImportRun.objects.filter(pk=run.pk, job=None).update(mapping=run.mapping, mode=run.mode, key=run.key)


def keep_mapping(name, kind, mapping, *, by):
    """Keep what the columns mean under a name for the next sheet of this kind; the same name again replaces it."""
    name = name.strip()[:80]
    if name:
        KeptMapping.objects.update_or_create(user=by, kind=kind, name=name, defaults={"mapping": mapping})


def mapping_for(importer, headers, *, by):
    """The newest kept mapping whose columns are all in the sheet, else one that came with the product, else what the headers suggest."""
    for kept in KeptMapping.objects.filter(user=by, kind=importer.kind).order_by("-pk"):
        mapping = Mapping.read(importer, kept.mapping)
        if mapping.fits(headers):
            return mapping
    return known_mapping(importer, headers) or Mapping.guess(importer, headers)


def finished(run, *, by):
    """Note that the import has come to its end; noted already, it stays so."""
    if run.finished_at:
        return
    with event(events.FINISHED, by=by, subject=run) as found:
        run.finished_at = clock.now()
        run.save(update_fields=["finished_at"])
        found.data.update(kind=run.kind, file=run.file_name, created=run.created, updated=run.updated, rejected=run.rejected)


def forget_unstarted() -> int:
    """Remove spreadsheets that were uploaded a week ago and never taken in; how many those were."""
    old = ImportRun.objects.filter(job=None, finished_at=None, created_at__lt=clock.now() - KEPT_UNSTARTED)
    for token in old.values_list("token", flat=True):
        files.drop(token)
    return old.delete()[0]
