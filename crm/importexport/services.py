"""The verbs of imports: receive a file, start it, undo it."""

from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext_lazy as _

from crm.accounts.services import ADMINISTER
from crm.activity.spine import change
from crm.core import clock
from crm.core.errors import Invalid, WrongState
from crm.core.policy import require
from crm.importexport import events, files
from crm.importexport.checking import check_again
from crm.importexport.dates import order_of
from crm.importexport.importers import importers
from crm.importexport.intake import CREATE, MODES
from crm.importexport.known import known_mapping
from crm.importexport.mapping import Mapping
from crm.importexport.models import ImportRun, KeptMapping
from crm.importexport.reading import open_sheet
from crm.jobs import services as jobs
from crm.jobs.models import Job

JOB, UNDO_JOB, CHECK_JOB = "imports.run", "imports.undo", "imports.check"
KEPT_UNSTARTED = timedelta(days=7)
SAMPLED = 200
LONGEST_CELL = 10_000


def receive(kind, source, name, *, by, sheet="", row=None, depth=None):
    """Keep a spreadsheet that is to be imported, and look whether it can be read; nothing is taken in yet.

    `row` and `depth` say where its header stands, where the house would find it elsewhere.
    """
    require(by, importers[kind].right)
    token = files.keep(source)
    try:
        found = open_sheet(files.path_of(token), sheet, row, depth)
    except Invalid:
        files.drop(token)
        raise
    run = ImportRun(kind=kind, actor=by, token=token, file_name=name[-200:], created_at=clock.now())
    _look(run, found, by)
    run.save()
    return run


def read_again(run, *, by, sheet="", row=None, depth=None):
    """Look at the file once more: another sheet of it, or another row as its header. What was chosen before is forgotten."""
    with transaction.atomic():
        run = _unstarted(run, by)
        _look(run, open_sheet(files.path_of(run.token), sheet or run.sheet, row, depth), by)
        run.fixes, run.checked, run.check_job = {}, {}, None
        run.save()
        run.wrong.all().delete()
        return run


def _look(run, found, by):
    importer = importers[run.kind]
    run.sheet, run.headers, run.header_row, run.header_depth = found.name[:80], found.headers, found.header.row, found.header.depth
    run.seen = {
        "csv": found.is_csv, "from_1904": found.counts_from_1904, "sheets": found.sheet_names, "hidden": found.hidden, "unworked": found.unworked,
        "cards": found.is_cards,
    }  # fmt: skip
    mapping = mapping_for(importer, found.headers, by=by)
    samples = [cell for line in islice(found.lines(), SAMPLED) for cell in line.cells if isinstance(cell, str)]
    run.mapping = mapping.as_json() | ({} if mapping.translates else {"dates": order_of(samples) or mapping.dates})


def _unstarted(run, by):
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    require(by, "imports.edit", run)
    require(by, importers[run.kind].right)
    if run.is_started:
        raise WrongState(_("This import has begun already."), code="import_started")
    return run


def check(run, *, by, **choices):
    """Try every row in the background, so that what would be refused can be corrected before the import."""
    with transaction.atomic():
        run = _unstarted(run, by)
        settle(run, **choices)
        run.check_job = jobs.start(CHECK_JOB, by=by, args={"run": run.pk})
        run.save(update_fields=["mapping", "mode", "key", "check_job"])
        return run


def correct(run, cells, *, by, everywhere=()):
    """Set cells of wrong rows, and look at these rows again: `cells` is {row: {place of the column: text}}.

    A place in `everywhere` ((row, place)) sets every wrong row that has the same text there. The file stays as it is.
    """
    with transaction.atomic():
        run = _unstarted(run, by)
        wrong = {row.row: row for row in run.wrong.all()}
        changed = {number: dict(places) for number, places in cells.items() if number in wrong}
        for number, place in everywhere:
            if place in changed.get(number, {}):
                text = wrong[number].cells[place]
                for other in wrong.values():
                    if other.cells[place] == text:
                        changed.setdefault(other.row, {}).setdefault(place, changed[number][place])
        for number, places in changed.items():
            run.fixes.setdefault(str(number), {}).update({str(place): text[:LONGEST_CELL] for place, text in places.items()})
        check_again(run, [wrong[number] for number in changed], by=by)
        run.save(update_fields=["fixes", "checked"])
        return run


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
    """Take back what the import created and changed, in the background; what was changed since stays."""
    with change(events.UNDONE, run, by=by, right="imports.edit") as (run, found):
        if run.undo_job_id:
            found.subject = None
            return run
        if run.job is None or not run.job.is_over:
            raise WrongState(_("The import is still running; stop it first."), code="import_running")
        if not can_be_undone(run):
            raise WrongState(_("An import of this kind cannot be undone as a whole."), code="no_undo")
        run.undo_job = jobs.start(UNDO_JOB, by=by, args={"run": run.pk})
        run.save(update_fields=["undo_job"])
        found.data.update(kind=run.kind, file=run.file_name)
        return run


def can_be_undone(run) -> bool:
    """Whether there is something to take back: records that can be binned, or changes."""
    return bool(run.updated or (run.created and importers[run.kind].delete))


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
    before = run.mapping, run.mode, run.key
    settle(run, **choices)
    if before != (run.mapping, run.mode, run.key):
        run.checked = {}
        run.wrong.all().delete()
    ImportRun.objects.filter(pk=run.pk, job=None).update(mapping=run.mapping, mode=run.mode, key=run.key, checked=run.checked)


def use_mapping(run, pk, *, by):
    """Take the columns of a kept mapping for this sheet."""
    with transaction.atomic():
        run = _unstarted(run, by)
        kept = kept_mappings(run.kind, by=by).filter(pk=pk).first() if str(pk).isdecimal() else None
        if kept is None or not kept.fits(run.headers):
            raise Invalid(_("This choice of columns does not fit the sheet."), field="kept", code="bad_mapping")
        remember(run, mapping=kept.mapping, mode=run.mode, key=run.key)
        return run


def keep_mapping(name, kind, mapping, *, by, shared=False):
    """Keep what the columns mean under a name for the next sheet of this kind; the same name again replaces it.

    Shared with everybody by an administrator, it is offered to all.
    """
    name = name.strip()[:80]
    if shared:
        require(by, ADMINISTER)
    if name:
        KeptMapping.objects.update_or_create(user=by, kind=kind, name=name, defaults={"mapping": mapping, "is_shared": shared})


def forget_mapping(kept, *, by):
    """Forget a mapping of one's own, or a shared one as an administrator."""
    if kept.user_id != by.pk:
        require(by, ADMINISTER)
    kept.delete()


def kept_mappings(kind, *, by):
    """The mappings that this person may choose from: the own ones first."""
    own = Q(user=by)
    return KeptMapping.objects.filter(own | Q(is_shared=True), kind=kind).annotate(own=ExpressionWrapper(own, BooleanField())).order_by("-own", "-pk")


def mapping_for(importer, headers, *, by):
    """The newest kept mapping whose columns are all in the sheet, else one that came with the product, else what the headers suggest."""
    for kept in kept_mappings(importer.kind, by=by):
        mapping = Mapping.read(importer, kept.mapping)
        if mapping.fits(headers):
            return mapping
    return known_mapping(importer, headers) or Mapping.guess(importer, headers)


def forget_unstarted() -> int:
    """Remove spreadsheets that were uploaded a week ago and never taken in; how many those were."""
    old = ImportRun.objects.filter(job=None, finished_at=None, rows=0, created_at__lt=clock.now() - KEPT_UNSTARTED)
    for token in old.values_list("token", flat=True):
        files.drop(token)
    return old.delete()[0]


def forget_files() -> int:
    """Remove the spreadsheets of imports that ended a week ago without coming to their end; what they brought stays, and so does their report."""
    broken = [Job.State.FAILED, Job.State.CANCELLED]
    old = ImportRun.objects.filter(finished_at=None, job__state__in=broken, job__finished_at__lt=clock.now() - KEPT_UNSTARTED).exclude(token="")
    for token in old.values_list("token", flat=True):
        files.drop(token)
    return old.update(token="")
