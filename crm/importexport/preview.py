"""What would become of the first rows: everything is done and taken back."""

from itertools import islice

from django.db import transaction

from crm.importexport import cells, files
from crm.importexport.intake import CREATED, DUPLICATE, REJECTED, SKIPPED, UNCHANGED, UPDATED
from crm.importexport.reading import open_sheet
from crm.importexport.runs import intake_of

ROWS = 10
TONES = {CREATED: "ok", UPDATED: "info", UNCHANGED: "mute", SKIPPED: "mute", DUPLICATE: "warn", REJECTED: "bad"}


def preview(run, *, by):
    """The first rows as the page shows them: number, outcome, cells with what is wrong about them."""
    sheet = open_sheet(files.path_of(run.token), run.sheet)
    intake = intake_of(run, sheet, by=by, trying=True)
    with transaction.atomic():
        rows = intake.take(list(islice(sheet.lines(), ROWS)))
        transaction.set_rollback(True)
    return [_shown(row, run.headers) for row in rows]


def first_cells(run) -> dict[int, str]:
    """The first filled cell of each column, so that one sees what is in it."""
    sheet, found = open_sheet(files.path_of(run.token), run.sheet), {}
    for line in islice(sheet.lines(), ROWS):
        for place, cell in enumerate(line.cells):
            text = cells.text(cell)
            if text and place not in found:
                found[place] = text[:60]
    return found


def _shown(row, headers):
    said = {}
    for note in row.notes:
        said.setdefault(note.column, []).append(note.message)
    shown = [{"text": cells.text(cell)[:60], "wrong": " ".join(said.get(header, ()))} for header, cell in zip(headers, row.cells, strict=True)]
    others = [message for column, messages in said.items() if column not in headers for message in messages]
    return {"number": row.number, "outcome": row.outcome, "tone": TONES.get(row.outcome, "mute"), "cells": shown, "others": " ".join(others)}
