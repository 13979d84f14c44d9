"""A check before the import: every row is tried and taken back, and what is wrong can be corrected on the page."""

from django.db import transaction

from crm.core import context
from crm.importexport.intake import count
from crm.importexport.models import ImportRun, WrongRow
from crm.importexport.reading import Line, chunks
from crm.importexport.runs import CHUNK, COUNTERS, fixed, intake_of, lines_of, plain_cell, sheet_of

# So many wrong rows are kept for correcting; who has more of them corrects the file or the mapping.
MOST_WRONG = 2_000


def check(job_run):
    """Try every row, keep those that can be corrected, and count what would become of all."""
    run = ImportRun.objects.get(pk=job_run.args["run"])
    sheet, intake = sheet_of(run), intake_of(run, by=job_run.by, trying=True)
    if intake.speaks_of_itself:
        intake.foresee(lines_of(run, sheet))
    totals, done, wrong = dict.fromkeys(COUNTERS.values(), 0), 0, 0
    run.wrong.all().delete()
    with context.coming_by("import"):
        for lines in chunks(lines_of(run, sheet), CHUNK):
            with job_run.step():
                rows = tried(intake, lines)
                found = [row for row in rows if row.is_correctable]
                WrongRow.objects.bulk_create([wrong_row(run, row) for row in found[: max(MOST_WRONG - wrong, 0)]])
                for outcome, number in count(rows).items():
                    totals[COUNTERS[outcome]] += number
                done, wrong = done + len(rows), wrong + len(found)
                job_run.progress(done=done, total=max(sheet.estimate, done))
        ImportRun.objects.filter(pk=run.pk).update(checked=totals | {"rows": done})
    return totals | {"rows": done}


def tried(intake, lines):
    """What would become of these rows; nothing of it stays."""
    with transaction.atomic():
        rows = intake.take(lines)
        transaction.set_rollback(True)
    return rows


def check_again(run, rows, *, by):
    """Try these wrong rows as they are corrected now; those that are right leave the list."""
    intake = intake_of(run, by=by, trying=True)
    if intake.speaks_of_itself:
        intake.foresee(lines_of(run, sheet_of(run)))
    for row in tried(intake, [Line(wrong.row, fixed(run, wrong.row, wrong.cells)) for wrong in rows]):
        wrong = next(one for one in rows if one.row == row.number)
        if wrong.outcome != row.outcome:
            run.checked[COUNTERS[wrong.outcome]] -= 1
            run.checked[COUNTERS[row.outcome]] += 1
        if row.is_correctable:
            wrong.notes, wrong.outcome = wrong_row(run, row).notes, row.outcome
            wrong.save(update_fields=["notes", "outcome"])
        else:
            wrong.delete()


def wrong_row(run, row) -> WrongRow:
    """A row that can be corrected, as it is kept for that."""
    notes = [{"column": note.column, "value": note.value[:2000], "code": note.code, "message": note.message} for note in row.notes]
    return WrongRow(run=run, row=row.number, outcome=row.outcome, cells=[plain_cell(cell) for cell in row.cells], notes=notes)
