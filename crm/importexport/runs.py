"""The background side of imports: chunk by chunk, each in one transaction with its outcomes and the place it has reached."""

import json
from contextlib import suppress

from django.db import connection
from django.db.models import F

from crm.activity.spine import event
from crm.core import clock, context
from crm.core.bulk import copy_in
from crm.importexport import events, files, hands
from crm.importexport.importers import importers
from crm.importexport.intake import (
    BESIDE,
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
from crm.importexport.reading import Line, Sheet, chunks, open_sheet
from crm.importexport.refusals import refused

# Rows of one transaction. Each locks the numbers it brings, and the locks of all who import at once have to fit into the table of the server.
CHUNK = 1000
COUNTERS = {
    CREATED: "created", UPDATED: "updated", UNCHANGED: "unchanged", SKIPPED: "skipped", DUPLICATE: "duplicates", REJECTED: "rejected",
}  # fmt: skip
# Of the outcomes of rows, in the order in which `write` puts them down; three of them are JSON.
COLUMNS = ("run_id", "row", "outcome", "object_id", "version", "column", "value", "code", "message", "cells", "before", "after", "left")
FORMS = [(COLUMNS.index(name), json.JSONEncoder(ensure_ascii=False).encode) for name in ("cells", "before", "after")]
# From so many rows on a second process is worth its start.
LONG = 3 * CHUNK
# How often rows that speak of other rows of the sheet are tried again: groups of groups of groups.
ROUNDS = 6


def take_in(job_run):
    """Take a spreadsheet in, from where an earlier try stopped; the counts are the job's result."""
    run = ImportRun.objects.get(pk=job_run.args["run"])
    if run.finished_at:
        return _counts(run)
    with context.coming_by("import"):
        sheet, intake = sheet_of(run), intake_of(run, by=job_run.by)
        _first_round(job_run, run, sheet, intake)
        _later_rounds(job_run, run, sheet, intake)
        run.refresh_from_db()
        _finished(run, by=job_run.by)
    files.drop(run.token)
    return _counts(run)


def _finished(run, *, by):
    """Note that the import has come to its end; noted already, it stays so."""
    if run.finished_at:
        return
    with event(events.FINISHED, by=by, subject=run) as found:
        run.finished_at = clock.now()
        run.save(update_fields=["finished_at"])
        found.data.update(kind=run.kind, file=run.file_name, created=run.created, updated=run.updated, rejected=run.rejected)


def _counts(run):
    return {name: getattr(run, name) for name in ("rows", *COUNTERS.values())}


def sheet_of(run) -> Sheet:
    """The file of a run, opened as it was settled; refused where it was kept its time."""
    if not run.token or not files.path_of(run.token).is_file():
        raise refused("file_gone")
    return open_sheet(files.path_of(run.token), run.sheet, run.header_row, run.header_depth)


def lines_of(run, sheet, after=0):
    """The rows of a run with what was corrected on the page."""
    for line in sheet.lines(after=after):
        yield Line(line.number, fixed(run, line.number, line.cells)) if run.fixes else line


def fixed(run, number, cells) -> list:
    """The cells of a row with its corrections."""
    changes = run.fixes.get(str(number))
    return [changes.get(str(place), cell) for place, cell in enumerate(cells)] if changes else cells


def intake_of(run, *, by, trying=False) -> Intake:
    """The intake of a run with its columns and choices."""
    importer = importers[run.kind]
    ways = {"is_csv": run.seen.get("csv", False), "from_1904": run.seen.get("from_1904", False), "trying": trying}
    return Intake(importer, Mapping.read(importer, run.mapping), run.headers, by=by, choice=Choice(run.mode, run.key), **ways)


def _first_round(job_run, run, sheet, intake):
    if job_run.cursor.get("round", 0):
        return
    if intake.is_ahead and sheet.estimate >= LONG and hands.can_be_two():
        with suppress(hands.Lost), hands.two() as hand:
            _write_all(job_run, run, sheet, intake, hand)
        job_run.catch_up()
    # All of the sheet, or what is left of it where one of two hands was lost.
    _write_all(job_run, run, sheet, intake, hands.One())
    with job_run.step():
        job_run.cursor.update(round=1, row=0)


def _write_all(job_run, run, sheet, intake, hand):
    """Take in, chunk by chunk, what this hand takes of the rows behind the place that was reached."""
    for number, lines in enumerate(chunks(lines_of(run, sheet, after=job_run.cursor.get("row", 0)), CHUNK)):
        if not hand.takes(number):
            continue
        rows = intake.prepare(lines, last=False) if intake.is_ahead else None
        if hand.wait():
            job_run.catch_up()
        with job_run.step():
            _without_waiting_for_the_disk()
            rows = intake.take(lines, last=False) if rows is None else intake.settle(rows)
            later = [*job_run.cursor.get("later", []), *(row.number for row in rows if row.outcome == LATER)]
            job_run.cursor.update(row=lines[-1].number, later=later, done=job_run.cursor.get("done", 0) + len(lines))
            write(run, rows)
            _report(job_run, sheet.estimate)
        hand.pass_on()


def _without_waiting_for_the_disk():
    """A chunk that a loss of power takes back loses its place in the sheet with it and is taken in again; the end of the import waits for all."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def _later_rounds(job_run, run, sheet, intake):
    """Rows that speak of others of the same sheet, again and again until a round gets no further; then they are refused."""
    while waiting := job_run.cursor.get("later", []):
        number = job_run.cursor["round"]
        wanted = set(waiting)
        lines = [line for line in lines_of(run, sheet, after=job_run.cursor["row"]) if line.number in wanted]
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
    found, beside = [], importers[run.kind].beside
    for row in rows:
        if row.outcome in (CREATED, UPDATED):
            version = getattr(row.record, "version", None)
            found.append((run.pk, row.number, row.outcome, row.record.pk, version, "", "", "", "", [], row.before, row.after, ""))
        if row.outcome == CREATED:
            for other in beside(row.record):
                found.append((run.pk, row.number, BESIDE, other.pk, other.version, other.noun, "", "", "", [], None, None, ""))
        if row.notes:
            found += _notes(run, row)
    copy_in(ImportRow._meta.db_table, COLUMNS, found, FORMS)
    totals = count(rows)
    values = {COUNTERS[outcome]: F(COUNTERS[outcome]) + number for outcome, number in totals.items() if outcome in COUNTERS}
    ImportRun.objects.filter(pk=run.pk).update(rows=F("rows") + len(rows) - totals[LATER], **values)


def _notes(run, row):
    """The notes of a row, those about one column joined; the cells are kept with the first of a row that was not taken."""
    if row.outcome == LATER:
        return []
    outcome = row.outcome if row.outcome in (REJECTED, DUPLICATE) else WARNING
    by_column = {}
    for note in row.notes:
        by_column.setdefault(note.column[:120], []).append(note)
    record = row.record.pk if row.record is not None and outcome == DUPLICATE else None
    return [
        (
            run.pk, row.number, outcome, record, None, column, notes[0].value[:2000], notes[0].code[:40],
            " ".join(dict.fromkeys(note.message for note in notes)),
            [plain_cell(cell) for cell in row.cells] if place == 0 and outcome != WARNING else [], None, None, "",
        )
        for place, (column, notes) in enumerate(by_column.items())
    ]  # fmt: skip


def plain_cell(cell):
    return cell if isinstance(cell, int | float | bool) or cell is None else str(cell)


def _report(job_run, estimate):
    done = job_run.cursor.get("done", 0)
    job_run.progress(done=done, total=max(estimate, done))
