"""Writing spreadsheets: every text is kept a text, whatever it starts with, and reads back as it was."""

import csv
import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from django.utils import timezone

CSV, XLSX = "csv", "xlsx"
FORMATS = {CSV: "text/csv; charset=utf-8", XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
# What a spreadsheet program would run as a formula, with the quotation marks that keep it from doing so.
FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
# A text of digits behind quotation marks: one more, so that the import takes away no more than was put there.
QUOTED_NUMBER = re.compile(r"'+\d")
# Marks that no spreadsheet cell and no XML may hold.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST = 32_767
EXACT_DIGITS = 15


def write(path: Path, form: str, headers: list[str], rows: Iterable[list]) -> None:
    """Write a sheet with one header row."""
    (write_csv if form == CSV else write_xlsx)(path, headers, rows)


def write_csv(path: Path, headers, rows) -> None:
    """CSV in UTF-8 with the mark by which spreadsheet programs know it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([csv_cell(name) for name in headers])
        writer.writerows([csv_cell(cell) for cell in row] for row in rows)


def write_xlsx(path: Path, headers, rows) -> None:
    """XLSX, row by row, so that a long sheet needs no more memory than a short one."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        kinds = {
            "head": book.add_format({"bold": True}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "money": book.add_format({"num_format": "#,##0.00"}),
        }
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(headers):
            sheet.write_string(0, column, plain(name), kinds["head"])
            sheet.set_column(column, column, min(max(len(str(name)) * 2, 10), 40))
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell, kinds)


def csv_cell(cell):
    """A cell as text; one that would be run as a formula gets a quotation mark before it, which the import takes away."""
    if isinstance(cell, datetime):
        return _local(cell).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if cell is None or isinstance(cell, int | float | Decimal | date):
        return "" if cell is None else str(cell)
    text = quoted(plain(cell))
    return f"'{text}" if FORMULA.match(text) else text


def quoted(text: str) -> str:
    """The text with a mark more where one stands before digits already."""
    return f"'{text}" if QUOTED_NUMBER.match(text) else text


def plain(value) -> str:
    """A text as a cell can hold it."""
    return CONTROL.sub("", str(value))[:LONGEST]


def _write(sheet, row, column, cell, kinds):
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, column, _local(cell), kinds["moment"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), kinds["day"])  # noqa: DTZ001
    elif isinstance(cell, Decimal | int | float) and len(str(cell)) <= EXACT_DIGITS:
        sheet.write_number(row, column, float(cell), kinds["money"] if isinstance(cell, Decimal) else None)
    else:
        sheet.write_string(row, column, quoted(plain(cell)))


def _local(moment):
    """A moment as the clock of the company shows it."""
    if moment.tzinfo is None:
        return moment
    return timezone.localtime(moment, timezone.get_default_timezone()).replace(tzinfo=None)
