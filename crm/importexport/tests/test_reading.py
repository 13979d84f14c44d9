"""Spreadsheets as people save them, and files that are none: each is read, or refused in one sentence."""

import codecs
import io
import struct
import zipfile
from datetime import date

import pytest
import xlsxwriter

from crm.core.errors import Invalid
from crm.importexport.reading import open_sheet

HEAD, ROW = ["公司名称", "Industry"], ["苏州晶锐", "电子"]


def rows_of(path):
    found = open_sheet(path)
    return found.headers, [(line.number, line.cells) for line in found.lines()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_in_every_usual_encoding_and_delimiter(sheet, encoding, delimiter):
    path = sheet("a.csv", HEAD, ROW, encoding=encoding, delimiter=delimiter)
    assert rows_of(path) == (HEAD, [(2, ROW)])


def test_a_character_beyond_gbk_is_read_as_gb18030(sheet):
    path = sheet("a.csv", ["姓名"], ["㛃𠀀"], encoding="gb18030")
    assert rows_of(path) == (["姓名"], [(2, ["㛃𠀀"])])


def test_the_name_of_the_file_does_not_matter(sheet, tmp_path):
    renamed = tmp_path / "really.csv"
    sheet("a.xlsx", HEAD, ROW).rename(renamed)
    assert rows_of(renamed) == (HEAD, [(2, ROW)])


def test_rows_are_numbered_as_the_spreadsheet_shows_them(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('Name,Notes\nAcme,"two\nlines"\n\n,\nBolt,x\n', encoding="utf-8")
    assert [number for number, _cells in rows_of(path)[1]] == [2, 5]


def test_a_title_above_the_header_is_passed_over(sheet):
    path = sheet("a.xlsx", ["客户名单"], [], ["公司名称", "行业", "电话"], ["苏州晶锐", "电子", "1"])
    assert rows_of(path) == (["公司名称", "行业", "电话"], [(4, ["苏州晶锐", "电子", "1"])])


def test_numbers_dates_and_texts_of_a_workbook_keep_their_kind(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["a", "b", "c"])
        page.write_number(1, 0, 2.5)
        page.write_datetime(1, 1, date(2026, 3, 31), book.add_format({"num_format": "yyyy-mm-dd"}))
        page.write_string(1, 2, "007")
    assert rows_of(path)[1] == [(2, [2.5, date(2026, 3, 31), "007"])]


def test_equal_headers_are_told_apart_and_missing_ones_stay_empty(sheet):
    assert open_sheet(sheet("a.csv", ["Phone", "", "Phone"], ["1", "2", "3"])).headers == ["Phone", "", "Phone (2)"]


def test_reading_goes_on_behind_any_row(sheet):
    found = open_sheet(sheet("a.csv", ["Name"], *[[f"n{number}"] for number in range(2, 12)]))
    assert [line.cells for line in found.lines(after=10)] == [["n11"]]


def bomb(path, size):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/sharedStrings.xml", b" " * size)


def liar(path):
    """An archive whose directory states one byte for a part of a megabyte."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"x" * 1_000_000)
    data = bytearray(buffer.getvalue())
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        struct.pack_into("<I", data, data.index(mark) + offset, 1)
    path.write_bytes(data)


def wide(path, columns):
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write(0, 0, "a")
        page.write(1, columns - 1, "x")


def deep(path):
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write(0, 0, "a")
        page.write(1_048_575, 0, "x")


def spread(path):
    """Two cells, and between them a rectangle of a hundred million."""
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write(0, 0, "a")
        page.write(999_999, 99, "x")


BAD = {
    "empty": lambda path: path.write_bytes(b""),
    "too_large": lambda path: path.write_bytes(b"x" * (50 * 1024 * 1024 + 1)),
    "unpacks_too_large": lambda path: bomb(path, 60 * 1024 * 1024),
    "not_a_table": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0"),
    "encoding": lambda path: path.write_bytes(b"Name\n\xff\xff\xff"),
    "broken": liar,
    "too_many_columns": lambda path: wide(path, 201),
    "too_many_rows": deep,
    "too_many_cells": spread,
    "open_quote": lambda path: path.write_text('Name,Notes\nAcme,"left open\nBolt,x\n'),
    "long_cell": lambda path: path.write_text('Name\n"' + "x" * 200_000),
    "web_page": lambda path: path.write_text("<html><table><tr><td>Name</td></tr></table>"),
    "no_rows": lambda path: path.write_text("Name,Phone\n"),
}


@pytest.mark.parametrize("code", BAD)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(tmp_path, code):
    path = tmp_path / "file"
    BAD[code](path)
    with pytest.raises(Invalid) as refusal:
        rows_of(path)
    assert refusal.value.code == code
    assert str(refusal.value).count(".") + str(refusal.value).count("。") >= 1


def test_other_archives_and_torn_workbooks_are_refused(tmp_path, sheet):
    other = tmp_path / "a.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "hello")
    torn = sheet("torn.xlsx", HEAD, ROW)
    torn.write_bytes(torn.read_bytes()[:-200])
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    for path, code in ((other, "not_a_table"), (torn, "broken"), (old, "broken")):
        with pytest.raises(Invalid) as refusal:
            open_sheet(path)
        assert refusal.value.code == code


def test_two_hundred_columns_are_read(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [f"h{number}" for number in range(200)])
        page.write_row(1, 0, ["x"] * 200)
    assert len(open_sheet(path).headers) == 200


def test_formats_far_away_make_no_sheet_larger(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write(0, 0, "a")
        page.write(1, 0, "x")
        page.write_blank(1_000_500, 500, None, book.add_format({"bold": True}))
    assert rows_of(path) == (["a"], [(2, ["x"])])


def test_a_million_rows_are_too_many_for_csv_as_well(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(codecs.BOM_UTF8 + b"Name\n" + b"x\n" * 1_000_001)
    with pytest.raises(Invalid) as refusal:
        open_sheet(path)
    assert refusal.value.code == "too_many_rows"
