"""The background side of imports: chunk by chunk, each in one transaction with its outcomes and the place it has reached."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from crm.core import context
from crm.core.errors import Refusal
from crm.importexport import files, services
from crm.importexport.importers import importers
from crm.importexport.intake import (
    CREATED,
    DUPLICATE,
    LATER,
    REJECTED,
    SKIPPED,
    UNCHANGED,
    UPDATED,
    WARNING,
    Choice,
    Intake,
    count,
)  # fmt: skip
from crm.importexport.mapping import Mapping
from crm.importexport.models import ImportRow, ImportRun
from crm.importexport.reading import chunks, open_sheet

CHUNK = 500
COUNTERS = {
    CREATED: "created", UPDATED: "updated", UNCHANGED: "unchanged", SKIPPED: "skipped", DUPLICATE: "duplicates", REJECTED: "rejected",
}  # fmt: skip
# How often rows that speak of other rows of the sheet are tried again: groups of groups of groups.
ROUNDS = 6


def take_in(job_run):
    """Take a spreadsheet in, from where an earlier try stopped; the counts are the job's result."""
    run = ImportRun.objects.get(pk=job_run.args["run"])
    if run.finished_at:
        return _counts(run)
    with context.coming_by("import", job_run.job.code):
        sheet = open_sheet(files.path_of(run.token), run.sheet)
        intake = intake_of(run, sheet, by=job_run.by)
        _first_round(job_run, run, sheet, intake)
        _later_rounds(job_run, run, sheet, intake)
        run.refresh_from_db()
        services.finished(run, by=job_run.by)
    files.drop(run.token)
    return _counts(run)


def undo(job_run):
    """Bin what an import created and nobody has touched since, newest first."""
    run = ImportRun.objects.get(pk=job_run.args["run"])
    importer, taken, kept = importers[run.kind], job_run.cursor.get("taken", 0), job_run.cursor.get("kept", 0)
    rows = run.outcomes.filter(outcome=CREATED).order_by("-row")
    total = rows.count()
    with context.coming_by("import", job_run.job.code):
        while batch := list(rows.filter(row__lt=job_run.cursor.get("row", 2**31 - 1))[:CHUNK]):
            with job_run.step(total=total):
                records = importer.model._base_manager.in_bulk([row.object_id for row in batch])
                gone = sum(_take_back(importer, records.get(row.object_id), row.version, job_run.by) for row in batch)
                taken, kept = taken + gone, kept + len(batch) - gone
                job_run.cursor.update(row=batch[-1].row, taken=taken, kept=kept)
                job_run.progress(done=taken + kept, note=_("%(n)d taken back, %(kept)d kept") % {"n": taken, "kept": kept})
        ImportRun.objects.filter(pk=run.pk).update(undone_at=job_run.job.started_at)
    return {"taken": taken, "kept": kept}


def _counts(run):
    return {name: getattr(run, name) for name in ("rows", *COUNTERS.values())}


def intake_of(run, sheet, *, by, trying=False) -> Intake:
    """The intake of a run, its columns and choices applied to the opened sheet."""
    importer = importers[run.kind]
    mapping = Mapping.read(importer, run.mapping)
    return Intake(importer, mapping, sheet.headers, by=by, choice=Choice(run.mode, run.key), is_csv=sheet.is_csv, trying=trying)


def _first_round(job_run, run, sheet, intake):
    if job_run.cursor.get("round", 0):
        return
    for lines in chunks(sheet.lines(after=job_run.cursor.get("row", 0)), CHUNK):
        with job_run.step():
            rows = intake.take(lines, last=False)
            later = [*job_run.cursor.get("later", []), *(row.number for row in rows if row.outcome == LATER)]
            job_run.cursor.update(row=lines[-1].number, later=later, done=job_run.cursor.get("done", 0) + len(lines))
            write(run, rows)
            _report(job_run, sheet.estimate)
    with job_run.step():
        job_run.cursor.update(round=1, row=0)


def _later_rounds(job_run, run, sheet, intake):
    """Rows that speak of others of the same sheet, again and again until a round gets no further; then they are refused."""
    while waiting := job_run.cursor.get("later", []):
        number = job_run.cursor["round"]
        wanted = set(waiting)
        lines = [line for line in sheet.lines(after=job_run.cursor["row"]) if line.number in wanted]
        left = list(job_run.cursor.get("left", []))
        for chunk in chunks(lines, CHUNK):
            with job_run.step():
                rows = intake.take(chunk, last=number >= ROUNDS or job_run.cursor.get("stuck", False))
                left += [row.number for row in rows if row.outcome == LATER]
                job_run.cursor.update(row=chunk[-1].number, left=left)
                write(run, rows)
                _report(job_run, sheet.estimate)
        with job_run.step():
            job_run.cursor.update(round=number + 1, row=0, later=left, left=[], stuck=len(left) == len(waiting))


def write(run, rows):
    """Write down what became of these rows, and count them."""
    found = []
    for row in rows:
        if row.outcome in (CREATED, UPDATED):
            version = getattr(row.record, "version", None)
            found.append(ImportRow(run=run, row=row.number, outcome=row.outcome, object_id=row.record.pk, version=version))
        found += _notes(run, row)
    ImportRow.objects.bulk_create(found, batch_size=2000)
    totals = count(rows)
    values = {COUNTERS[outcome]: F(COUNTERS[outcome]) + number for outcome, number in totals.items() if outcome in COUNTERS}
    ImportRun.objects.filter(pk=run.pk).update(rows=F("rows") + len(rows) - totals[LATER], **values)


def _notes(run, row):
    """The notes of a row, those about one column joined; the cells are kept with the first of a row that was not taken."""
    if row.outcome in (LATER, SKIPPED):
        return []
    outcome = row.outcome if row.outcome in (REJECTED, DUPLICATE) else WARNING
    by_column = {}
    for note in row.notes:
        by_column.setdefault(note.column[:120], []).append(note)
    return [
        ImportRow(
            run=run, row=row.number, outcome=outcome, column=column, value=notes[0].value[:2000], code=notes[0].code[:40],
            message=" ".join(dict.fromkeys(note.message for note in notes)),
            object_id=row.record.pk if row.record is not None and outcome == DUPLICATE else None,
            cells=[_plain(cell) for cell in row.cells] if place == 0 and outcome != WARNING else [],
        )
        for place, (column, notes) in enumerate(by_column.items())
    ]  # fmt: skip


def _plain(cell):
    return cell if isinstance(cell, int | float | bool) or cell is None else str(cell)


def _report(job_run, estimate):
    done = job_run.cursor.get("done", 0)
    job_run.progress(done=done, total=max(estimate, done))


def _take_back(importer, record, version, by):
    """Whether the record is binned now: only when it still stands as the import made it, and its own verb agrees."""
    if record is None or getattr(record, "deleted_at", None) or getattr(record, "version", None) != version:
        return False
    try:
        with transaction.atomic():
            importer.delete(record, by=by)
    except Refusal:
        return False
    return True
