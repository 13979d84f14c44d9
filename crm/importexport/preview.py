"""What would become of the first rows: everything is done and taken back."""

from itertools import islice

from crm.importexport import cells
from crm.importexport.checking import tried
from crm.importexport.intake import CREATED, DUPLICATE, REJECTED, SKIPPED, UNCHANGED, UPDATED
from crm.importexport.runs import intake_of, lines_of, sheet_of

ROWS = 10
LOOKED_AHEAD = 5_000
TONES = {CREATED: "ok", UPDATED: "info", UNCHANGED: "mute", SKIPPED: "mute", DUPLICATE: "warn", REJECTED: "bad"}


def preview(run, *, by):
    """The first rows as the page shows them: number, outcome, cells with what is wrong about them."""
    sheet, intake = sheet_of(run), intake_of(run, by=by, trying=True)
    if intake.speaks_of_itself:
        intake.foresee(islice(sheet.lines(), LOOKED_AHEAD))
    rows = tried(intake, list(islice(lines_of(run, sheet), ROWS)))
    return [_shown(row, run.headers) for row in rows]


def first_cells(run) -> dict[int, str]:
    """The first filled cell of each column, so that one sees what is in it."""
    found = {}
    for line in islice(sheet_of(run).lines(), ROWS):
        for place, cell in enumerate(line.cells):
            text = cells.shown(cell)
            if text and place not in found:
                found[place] = text[:60]
    return found


def sheet_head(run) -> list[tuple[int, str]]:
    """The first rows of the sheet in a few words, so that one can point at the header."""
    rows = [[text for cell in cells_of if (text := cells.shown(cell)[:20])] for cells_of in sheet_of(run).head()]
    return [(number, " · ".join(texts[:6])) for number, texts in enumerate(rows, start=1) if texts]


def _shown(row, headers):
    said = {}
    for note in row.notes:
        said.setdefault(note.column, []).append(note.message)
    shown = [{"text": cells.shown(cell)[:60], "wrong": " ".join(said.get(header, ()))} for header, cell in zip(headers, row.cells, strict=True)]
    others = [message for column, messages in said.items() if column not in headers for message in messages]
    return {"number": row.number, "outcome": row.outcome, "tone": TONES.get(row.outcome, "mute"), "cells": shown, "others": " ".join(others)}
