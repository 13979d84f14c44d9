"""Whatever a cell holds, it goes out as a text and comes back as it was (S6)."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from crm.importexport import writing
from crm.importexport.importers import importers
from crm.importexport.mapping import Mapping, Plan
from crm.importexport.reading import open_sheet

NASTY = [
    '=HYPERLINK("http://x")', "+861380013", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1", "＝1+1", "＋1", "－1", "＠x",
    "'=quoted", "''=twice", "'plain", "it's", "=cmd|' /C calc'!A0",
]  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_texts_that_look_like_formulas_come_back_unchanged(tmp_path, form):
    path = tmp_path / f"a.{form}"
    writing.write(path, form, ["Company name"], [[text] for text in NASTY])
    sheet = open_sheet(path)
    plan = Plan(importers["companies"], Mapping.read(importers["companies"], {"columns": {"Company name": "name"}}), sheet.headers, is_csv=sheet.is_csv)
    assert [plan.values_of(line.cells)[0]["name"] for line in sheet.lines()] == [text.strip() for text in NASTY]


def test_no_cell_of_a_csv_starts_as_a_formula(tmp_path):
    path = tmp_path / "a.csv"
    writing.write_csv(path, ["=head"], [[text] for text in NASTY])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert len(cells) == len(NASTY) + 1
    assert not [cell for cell in cells if cell[0] in "=+-@\t\r＝＋－＠"]


def test_every_text_of_an_xlsx_is_a_typed_text(tmp_path):
    path = tmp_path / "a.xlsx"
    writing.write_xlsx(path, ["=head"], [[text] for text in NASTY])
    cells = [cell for row in load_workbook(path).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}


def test_numbers_days_and_moments_keep_their_kind(tmp_path):
    path = tmp_path / "a.xlsx"
    moment = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
    writing.write_xlsx(path, ["a", "b", "c", "d", "e"], [[Decimal("1234.50"), date(2026, 11, 20), moment, True, Decimal("-5")]])
    row = next(open_sheet(path).lines()).cells
    assert row == [1234.5, date(2026, 11, 20), datetime(2026, 11, 20, 9, 30), True, -5.0]


def test_a_number_too_long_to_be_exact_goes_out_as_text(tmp_path):
    path = tmp_path / "a.xlsx"
    writing.write_xlsx(path, ["a"], [[12345678901234567]])
    assert next(open_sheet(path).lines()).cells == ["12345678901234567"]


def test_what_no_cell_can_hold_is_left_out(tmp_path):
    path = tmp_path / "a.xlsx"
    writing.write_xlsx(path, ["a"], [["a\x00b\x0bc" + "x" * 40_000]])
    cell = next(open_sheet(path).lines()).cells[0]
    assert cell.startswith("abc")
    assert len(cell) == 32_767
