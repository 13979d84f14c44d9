"""What an import tells afterwards: the report for programs, and the rows that were not taken as a spreadsheet."""

from pathlib import Path

from django.utils.translation import gettext as _

from crm.importexport import writing
from crm.importexport.intake import CREATED, DUPLICATE, LATER, REJECTED, SKIPPED, UNCHANGED, UPDATED, WARNING, count
from crm.importexport.models import ImportRow


def empty_report(file_error=None) -> dict:
    """A report about nothing: of a file that could not be used, with the reason."""
    counts = dict.fromkeys(("rows", "accepted", "created", "updated", "skipped", "duplicates"), 0)
    return counts | {"file_error": file_error, "rejected": [], "warnings": []}


def report_of(run) -> dict:
    """The report of an import that has run; row numbers are those the spreadsheet program shows."""
    report = empty_report()
    report.update(
        rows=run.rows, accepted=run.created + run.updated + run.unchanged, created=run.created, updated=run.updated,
        skipped=run.skipped + run.unchanged, duplicates=run.duplicates,
    )  # fmt: skip
    noted = run.outcomes.filter(outcome__in=(REJECTED, DUPLICATE, WARNING)).order_by("row", "pk")
    for found in noted.iterator(2000):
        line = {"row": found.row, "column": found.column, "value": found.value, "code": found.code, "message": found.message}
        report["rejected" if found.outcome == REJECTED else "warnings"].append(line)
    return report


def report_of_trial(rows) -> dict:
    """The same of rows that were only tried."""
    totals = count(rows)
    report = empty_report()
    report.update(
        rows=len(rows), accepted=totals[CREATED] + totals[UPDATED] + totals[UNCHANGED], created=totals[CREATED],
        updated=totals[UPDATED], skipped=totals[SKIPPED] + totals[UNCHANGED] + totals[LATER], duplicates=totals[DUPLICATE],
    )  # fmt: skip
    for row in rows:
        for note in row.notes:
            line = {"row": row.number, "column": note.column, "value": note.value, "code": note.code, "message": note.message}
            report["rejected" if row.outcome == REJECTED else "warnings"].append(line)
    return report


def write_rejected(run, path: Path, form: str) -> None:
    """The rows that were not taken, as they stood in the sheet, with their row number and the reason; ready to be corrected."""
    headers = [*run.headers, _("Row"), _("Reason")]
    writing.write(path, form, headers, _rejected(run))


def _rejected(run):
    rows = run.outcomes.filter(outcome__in=(REJECTED, DUPLICATE)).order_by("row", "pk")
    width, cells, number, reasons = len(run.headers), None, None, []
    for found in rows.iterator(2000):
        if found.row != number:
            if number is not None:
                yield [*cells, number, " ".join(reasons)]
            cells, number, reasons = [*found.cells, *[""] * (width - len(found.cells))], found.row, []
        reasons.append(f"{found.column}: {found.message}" if found.column else found.message)
    if number is not None:
        yield [*cells, number, " ".join(reasons)]


def not_taken(run, limit=200) -> list[ImportRow]:
    """The first rows that were not taken, for the page."""
    return list(run.outcomes.filter(outcome__in=(REJECTED, DUPLICATE)).order_by("row", "pk")[:limit])
