"""Why a file cannot be used, one sentence each."""

from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid

MEGABYTE = 1024 * 1024
MOST_BYTES = 50 * MEGABYTE
MOST_UNPACKED = 500 * MEGABYTE
MOST_COLUMNS = 200
MOST_ROWS = 1_000_000
# What a reader holds of a workbook at once; a sheet of a million rows is better sent as CSV, which is read row by row.
MOST_CELLS = 5_000_000
# Texts of a workbook that are held once and named by number, unpacked.
MOST_TEXTS = 150 * MEGABYTE

SENTENCES = {
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than 50 MB. Split it, or save it as CSV."),
    "unpacks_too_large": _("The file unpacks to more than 500 MB. Split it, or save it as CSV."),
    "too_many_columns": _("The sheet has more than 200 columns. Delete those that are not needed, also to the far right."),
    "too_many_rows": _("The sheet has more than 1,000,000 rows. Split it."),
    "too_many_cells": _("The sheet has more than 5,000,000 cells. Save it as CSV, or split it."),
    "broken": _("The file is damaged or is not a spreadsheet. Open it in your spreadsheet program and save it again."),
    "protected": _("The file is protected by a password. Save it without one."),
    "not_a_table": _("This is not a spreadsheet: CSV, XLSX or XLS is needed."),
    "encoding": _("The characters of the file cannot be read. Save it as CSV UTF-8."),
    "open_quote": _("A quotation mark in row %(row)d is never closed."),
    "long_cell": _("A cell in row %(row)d is longer than 131,072 characters, or a quotation mark there is never closed."),
    "web_page": _("This file is a web page, whatever its name says. Open it in your spreadsheet program and save it as XLSX."),
    "no_header": _("There is no header row: the first row must name the columns."),
    "no_rows": _("There are no rows under the header."),
    "file_gone": _("The spreadsheet of this import is not kept any longer. Upload it again."),
    "no_sheet": _("The file has no sheet “%(sheet)s”."),
}


def refused(code: str, **facts) -> Invalid:
    """The refusal of a file by its code."""
    sentence = SENTENCES[code]
    return Invalid(sentence % facts if facts else sentence, code=code, field="file", facts=facts)
