"""Spreadsheets as they really arrive: each of these comes in as the person who sent it would expect."""

import io
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from crm.core.errors import Invalid
from crm.importexport.reading import open_sheet
from customers.companies.models import Company
from customers.contacts import rules
from customers.contacts.models import Contact, Rule

FILES = Path(__file__).parent / "files"
HEAD = ["姓名", "手机", "生日", "备注"]
WANG, LI = ("王芳", "+8613800138001", "1990-03-05"), ("李雷", "+8613800138002", "1988-11-20")
ROWS = [["王芳", "13800138001", "1990-03-05", "重点"], ["李雷", "13800138002", "1988-11-20", ""]]


@dataclass
class Kind:
    """A file, and what is to come of it: the people, the rejected and the warnings as (row, code)."""

    write: object
    people: list = field(default_factory=lambda: [WANG, LI])
    rejected: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    name: str = "a.csv"


def table(*rows, mark=","):
    return "".join(mark.join(row) + "\r\n" for row in rows)


def text(content, encoding="utf-8", **others):
    return Kind(lambda path: path.write_bytes(content.encode(encoding)), **others)


def book(fill, name="a.xlsx", options=None, **others):
    def write(path):
        with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, **(options or {})}) as made:
            fill(made, made.add_worksheet())

    return Kind(write, name=name, **others)


def rows_of(*rows, at=0):
    def fill(made, page):
        for number, row in enumerate(rows, start=at):
            page.write_row(number, 0, row)

    return fill


def grouped(made, page):
    page.merge_range("A1:D1", "客户联系人名单（2026）")
    page.merge_range("A2:A3", "姓名")
    page.merge_range("B2:C2", "联系方式与资料")
    page.write_row("B3", ["手机", "生日"])
    page.merge_range("D2:D3", "备注")
    rows_of(*ROWS, at=3)(made, page)


def groups_above(made, page):
    page.merge_range("A1:B1", "基本信息")
    page.merge_range("C1:D1", "其他")
    rows_of(HEAD, *ROWS, at=1)(made, page)


def hidden_things(made, page):
    page.hide()
    page.write_row(0, 0, ["内部", "机密"])
    shown = made.add_worksheet("客户")
    rows_of(HEAD, *ROWS)(made, shown)
    shown.set_row(2, None, None, {"hidden": True})
    shown.activate()
    shown.set_first_sheet()


def second_sheet(made, page):
    rows_of(HEAD, *ROWS)(made, made.add_worksheet("明细"))


def formulas(made, page):
    page.write_row(0, 0, HEAD)
    page.write_formula(1, 0, '="王"&"芳"', None, "王芳")
    page.write_formula(1, 1, "=13800138000+1", None, 13800138001)
    page.write_formula(1, 2, "=DATE(1990,3,5)", made.add_format({"num_format": "yyyy/m/d"}), 32937)
    page.write_row(2, 0, ["李雷", 13800138002.0])
    page.write_datetime(2, 2, datetime(1988, 11, 20), made.add_format({"num_format": "yyyy-mm-dd"}))


def failed_formulas(made, page):
    rows_of(HEAD, *ROWS)(made, page)
    page.write_formula(1, 1, "=VLOOKUP(A2,Sheet2!A:B,2,0)", None, "#N/A")
    page.write_formula(2, 3, "=#REF!", None, "#REF!")


def shortened(made, page):
    page.write_row(0, 0, HEAD)
    page.write_string(1, 0, "王芳")
    page.write_number(1, 1, 13800138001, made.add_format({"num_format": "0.00E+00"}))
    page.write_number(1, 2, 32937)
    page.write_row(2, 0, ["李雷", "1.38E+10", "1988-11-20"])


def mac_days(made, page):
    page.write_row(0, 0, HEAD)
    page.write_row(1, 0, ["王芳", "13800138001", 32937 - 1462])
    page.write_row(2, 0, ["李雷", "13800138002"])
    page.write_datetime(2, 2, datetime(1988, 11, 20), made.add_format({"num_format": "yyyy-mm-dd"}))


def unworked(path):
    made = openpyxl.Workbook()
    for row in (HEAD, *ROWS):
        made.active.append(row)
    made.active["D2"] = '="重"&"点"'
    made.save(path)


def joined_company(made, page):
    page.write_row(0, 0, ["公司名称", "联系人", "手机"])
    page.merge_range("A2:A3", "苏州晶锐光电有限公司")
    page.write_row(1, 1, ["王芳", "13800138001"])
    page.write_row(2, 1, ["李雷", "13800138002"])


UTF16 = table(HEAD, *ROWS)
KINDS = {
    "utf-8": text(table(HEAD, *ROWS)),
    "utf-8 with a mark": text(table(HEAD, *ROWS), "utf-8-sig"),
    "gbk": text(table(HEAD, *ROWS), "gbk"),
    "gb18030 with a rare character": text(table(HEAD, ROWS[0], ["㛃𠀀", "13800138002", "1988-11-20", ""]), "gb18030",
                                          people=[WANG, ("㛃𠀀", *LI[1:])]),
    "big5": text(table(["姓名", "手機", "生日", "備註"], ["張書豪", *ROWS[0][1:3], "臺灣總經理"], ["陳怡君", *ROWS[1][1:3], "採購"]), "big5",
                 people=[("張書豪", *WANG[1:]), ("陳怡君", *LI[1:])]),
    "utf-16 with a mark": text(UTF16, "utf-16"),
    "utf-16 le without a mark": text(UTF16, "utf-16-le"),
    "utf-16 be without a mark": text(UTF16, "utf-16-be"),
    "utf-8 with one broken letter": Kind(
        lambda path: path.write_bytes(table(HEAD, *ROWS, *[["赵六" + "七" * n, f"139001390{n:02}", "", ""] for n in range(10, 20)]).encode().replace(
            "重点".encode(), "重点".encode()[:-1])),
        people=[LI, *[("赵六" + "七" * n, f"+86139001390{n:02}", "") for n in range(10, 20)]], rejected=[(2, "broken_letter")]),
    "tabs": text(table(HEAD, *ROWS, mark="\t")),
    "semicolons": text(table(HEAD, *ROWS, mark=";")),
    "bars": text(table(HEAD, *ROWS, mark="|")),
    "a line that tells the delimiter": text("sep=;\r\n" + table(HEAD, *ROWS, ["", "1", "", ""], mark=";"), rejected=[(4, "invalid"), (4, "invalid")]),
    "unix line ends and none at the end": text(table(HEAD, *ROWS).replace("\r\n", "\n").rstrip()),
    "line ends of an old mac": text(table(HEAD, *ROWS).replace("\r\n", "\r")),
    "quotes and line breaks in cells": text('姓名,手机,生日,备注\n"王\n芳",13800138001,1990-03-05,"他说""好""\n第二行"\n李雷,13800138002,1988-11-20,\n'),
    "zero bytes": text(table(HEAD, *ROWS).replace("王芳", "王\0芳")),
    "full width": text(table(["姓名", "手　机", "生日", "备注"], ["王芳", "１３８００１３８００１", "１９９０－０３－０５", ""], ROWS[1])),
    "zero width and blanks that do not break": text(table(
        ["\u200b姓名", "手机\xa0", "生日", "备注"], ["\u200b王芳\xa0", "138\xa00013\u200b8001", "1990-03-05", ""], ROWS[1])),
    "phones as people write them": text(table(HEAD, ["王芳", "+86 138-0013-8001", "1990/3/5", ""], ["李雷", "13800138002.0", "19881120", ""])),
    "phones that a program has shortened": text(
        table(HEAD, ["王芳", "1.38E+10", "1990.3.5", ""], ["李雷", "13800138002", "1988年11月20日", ""]), people=[LI], rejected=[(2, "invalid")]),
    "days of a certain order": text(table(HEAD, ["王芳", "13800138001", "5/3/1990", ""], ["李雷", "13800138002", "20/11/1988", ""])),
    "short years in front": text(table(HEAD, ["王芳", "13800138001", "90-3-5", ""], ["李雷", "13800138002", "88-11-20", ""])),
    "days in words": text(table(HEAD, ["王芳", "13800138001", "5-Mar-1990", ""], ["李雷", "13800138002", "一九八八年十一月二十日", ""])),
    "days as numbers in a text file": text(table(HEAD, ["王芳", "13800138001", "32937", ""], ["李雷", "13800138002", "1988-11-20 00:00:00", ""])),
    "a sum at the end": text(table(HEAD, *ROWS, ["合计", "2", "", ""]), warnings=[(4, "total_row")]),
    "a note at the end": text(table(HEAD, *ROWS, ["制表人：陈立", "", "", ""]), warnings=[(4, "footnote")]),
    "the header once more": text(table(HEAD, ROWS[0], HEAD, ROWS[1]), warnings=[(3, "header_again")]),
    "empty rows and columns": text(table(["", *HEAD], ["", *ROWS[0]], ["", "", "", "", ""], [], ["", *ROWS[1]], ["", "", "", "", ""])),
    "unknown and doubled headers": text(table([*HEAD, "随便", "手机", ""], [*ROWS[0], "x", "139", "y"], [*ROWS[1], "", "", ""])),
    "a title above": text("联系人名单,,,\n导出时间：2026-03-05,,,\n" + table(HEAD, *ROWS)),
    "texts that look like formulas": text(table(HEAD, [*ROWS[0][:3], "=1+1"], [*ROWS[1][:3], "-5"])),
    "a workbook": book(rows_of(HEAD, *ROWS)),
    "a workbook called csv": book(rows_of(HEAD, *ROWS), name="a.csv"),
    "text called xlsx": text(table(HEAD, *ROWS), name="a.xlsx"),
    "numbers stored as text": book(rows_of(HEAD, ["王芳", "'13800138001", "32937", ""], ROWS[1])),
    "a header of two rows": book(grouped),
    "groups above the header": book(groups_above),
    "the table starts far in": book(lambda made, page: [page.write_row(row, 3, cells) for row, cells in enumerate([HEAD, *ROWS], 4)]),
    "hidden sheets and rows": book(hidden_things),
    "the first sheet is empty": book(second_sheet),
    "formulas": book(formulas),
    "formulas that have failed": book(failed_formulas, people=[], rejected=[(2, "cell_error"), (3, "cell_error")]),
    "numbers shown as 1.38E+10": book(shortened, people=[WANG], rejected=[(3, "invalid")]),
    "days counted from 1904": book(mac_days, options={"date_1904": True}),
    "a formula nobody has worked out": Kind(unworked, name="a.xlsx"),
    "a carriage return of a workbook": book(rows_of(HEAD, ["王_x000D_\n芳", *ROWS[0][1:]], ROWS[1])),
}  # fmt: skip


@pytest.fixture
def easy(people):
    """The house asks for nothing but a name and a number."""
    Rule.objects.filter(code__in=(Rule.Code.COMPANY, Rule.Code.POSITION)).update(is_on=False)
    rules.forget()
    yield
    rules.forget()


def brought_in():
    return [
        (contact.name, contact.points.get(kind="mobile").value, str(contact.birthday or ""))
        for contact in Contact.objects.order_by("pk").prefetch_related("points")
    ]


@pytest.mark.parametrize("name", KINDS)
def test_it_comes_in_as_a_person_would_expect(name, tmp_path, take_in, report, people, easy):
    kind = KINDS[name]
    path = tmp_path / kind.name
    kind.write(path)
    found = report(take_in("contacts", path, by=people.manager))
    assert [(line["row"], line["code"]) for line in found["rejected"]] == kind.rejected
    assert [(line["row"], line["code"]) for line in found["warnings"]] == kind.warnings
    assert brought_in() == kind.people


def test_there_are_at_least_thirty_kinds():
    assert len(KINDS) >= 30


def test_a_number_that_lost_its_last_digits_is_said_so(tmp_path, take_in, report, people, easy):
    path = tmp_path / "a.xlsx"
    book(rows_of(["姓名", "手机", "外部编号"], ["王芳", "13800138001", 91320594123456789.0])).write(path)
    found = report(take_in("contacts", path, by=people.manager))
    assert [(line["row"], line["column"], line["code"]) for line in found["rejected"]] == [(2, "外部编号", "digits_lost")]


def test_an_old_workbook_is_read_with_its_title_and_its_numbers(take_in, people):
    """XLS: written by a program of 2003, with a title over all columns, a number as text, a day and a hidden sheet."""
    run = take_in("companies", FILES / "old.xls", by=people.manager)
    assert (run.created, run.rejected, run.header_row) == (2, 0, 2)
    assert list(Company.objects.order_by("pk").values_list("name", "phone", "established", "employees")) == [
        ("苏州晶锐光电有限公司", "+8651262881234", 2008, 120), ("无锡恒达机械有限公司", "+8651088812345", 1999, 80),
    ]  # fmt: skip


def test_a_workbook_with_a_password_is_refused():
    with pytest.raises(Invalid) as refusal:
        open_sheet(FILES / "protected.xlsx")
    assert refusal.value.code == "protected"


def test_a_company_joined_over_its_people_is_the_company_of_each(tmp_path, take_in, people, easy):
    path = tmp_path / "a.xlsx"
    book(joined_company).write(path)
    take_in("customers", path, by=people.manager)
    assert [(contact.name, contact.company.name) for contact in Contact.objects.order_by("pk")] == [
        ("王芳", "苏州晶锐光电有限公司"), ("李雷", "苏州晶锐光电有限公司"),
    ]  # fmt: skip


def test_equal_words_under_two_groups_are_told_apart(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("公司,,联系人,\n名称,电话,姓名,电话\n苏州晶锐,0512-62881234,王芳,13800138001\n", encoding="utf-8")
    assert open_sheet(path).headers == ["公司 / 名称", "公司 / 电话", "联系人 / 姓名", "联系人 / 电话"]


def test_without_a_header_the_columns_are_called_by_their_letters(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("王芳,13800138001\n李雷,13800138002\n", encoding="utf-8")
    found = open_sheet(path)
    assert (found.headers, found.header.depth) == (["A", "B"], 0)
    assert [line.number for line in found.lines()] == [1, 2]


def test_a_person_can_say_which_row_is_the_header(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("姓名,手机\n中文,数字\n王芳,13800138001\n", encoding="utf-8")
    assert open_sheet(path, row=2, depth=1).headers == ["中文", "数字"]
    assert open_sheet(path, row=1, depth=2).headers == ["姓名 / 中文", "手机 / 数字"]
    assert open_sheet(path, row=1, depth=1).headers == ["姓名", "手机"]
    assert [line.number for line in open_sheet(path, row=1, depth=0).lines()] == [1, 2, 3]


@pytest.mark.parametrize("content", [b"%PDF-1.4\n%\xe2\xe3\n1 0 obj", b"GIF89a\1\0\1\0", bytes(range(256)) * 20, b"\x1f\x8b\x08" + b"x" * 50])
def test_rubbish_is_no_spreadsheet(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(Invalid) as refusal:
        open_sheet(path)
    assert refusal.value.code in ("not_a_table", "encoding")


def test_only_what_is_shown_of_a_workbook_is_offered(tmp_path):
    path = tmp_path / "a.xlsx"
    book(hidden_things).write(path)
    found = open_sheet(path)
    assert (found.sheet_names, found.name, found.hidden) == (["客户"], "客户", 1)


def test_a_formula_without_a_result_is_counted(tmp_path):
    path = tmp_path / "a.xlsx"
    unworked(path)
    assert open_sheet(path).unworked == 1


def test_a_day_keeps_its_time_out_and_a_moment_keeps_it(tmp_path):
    path = tmp_path / "a.xlsx"
    buffer = io.BytesIO()
    made = openpyxl.Workbook()
    made.active.append(["日期"])
    made.active.append([date(2026, 3, 5)])
    made.active.append([datetime(2026, 3, 5, 10, 30)])
    made.save(buffer)
    path.write_bytes(buffer.getvalue())
    assert [line.cells for line in open_sheet(path).lines()] == [[date(2026, 3, 5)], [datetime(2026, 3, 5, 10, 30)]]
