"""What was exported and comes back unchanged changes nothing: no record, no event (A13.9).

`KEMAN_ROUND_TRIP=10000 pytest crm/importexport/tests/test_roundtrip.py` does it with as many companies and as many contacts.
"""

import csv
import os
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command

from crm.activity.models import Activity
from crm.importexport import writing
from crm.importexport.importers import importers
from crm.importexport.mapping import Mapping, Plan
from crm.importexport.reading import open_sheet
from crm.importexport.sheets import write
from customers.companies.models import Company
from customers.contacts.models import Contact

NUMBER = int(os.environ.get("KEMAN_ROUND_TRIP", "200"))
ODD = ["=1+1", "-1 号楼", "+86", "@家", "＝1", "两行\n说明", '他说"好"', "a,b;c|d", "'引号", "'1", " ", "1.38E+10", "007", "2026-03-05", "TRUE", "#REF"]


def put_in(kind, rows, by):
    """Records by the verbs of their noun."""
    importer = importers[kind]
    importer.create_many([importer.clean(row, by) for row in rows], by=by)


@pytest.fixture
def full(people):
    """Many companies and as many contacts, with every kind of value in them."""
    firms = [
        {
            "name": f"苏州晶锐{number}光电有限公司", "external_id": f"C{number}", "industry": "electronics", "size": "s100",
            "employees": number, "revenue": Decimal("12345.67") + number, "established": 1990 + number % 30, "phone": f"0512-6{number:07}",
            "notes": ODD[number % len(ODD)], "address": ODD[(number + 3) % len(ODD)], "tags": ["重点", "展会"] if number % 2 else [],
            "website": f"www.example{number}.com" if number % 3 else "", "region": "苏州",
        }
        for number in range(NUMBER)
    ]  # fmt: skip
    put_in("companies", firms, people.manager)
    made = {company.external_id: company for company in Company.objects.all()}
    put_in("contacts", [
        {
            "name": f"王芳{number}", "external_id": f"K{number}", "company": made[f"C{number}"], "position": "采购经理", "mobile": f"138{number:08}",
            "email": f"wang{number}@example.com", "birthday": date(1990, 3, 5), "notes": ODD[number % len(ODD)], "gender": "female",
            "has_left": number % 5 == 0, "interests": ["钓鱼"],
        }
        for number in range(NUMBER)
    ], people.manager)  # fmt: skip


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize(("kind", "model"), [("companies", Company), ("contacts", Contact)])
def test_an_export_that_comes_back_unchanged_changes_nothing(full, take_in, people, tmp_path, form, kind, model):
    path = tmp_path / f"out.{form}"
    write(importers[kind], path, form, by=people.manager)
    versions, events = dict(model.objects.values_list("pk", "version")), Activity.objects.exclude(verb__startswith="imports.").count()
    run = take_in(kind, path, by=people.manager, mode="update", key="external_id")
    assert (run.rows, run.unchanged, run.updated, run.created, run.rejected) == (NUMBER, NUMBER, 0, 0, 0)
    assert dict(model.objects.values_list("pk", "version")) == versions
    assert Activity.objects.exclude(verb__startswith=("imports.")).exclude(verb__startswith="jobs.").count() == events


@pytest.mark.parametrize("kind", [name for name, one in importers.items() if one.exports])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_every_exported_field_keeps_what_looks_like_a_formula(kind, form, tmp_path):
    """S6: each field of each kind, each of the leading marks, out and in again through the same reader (texts only)."""
    importer = importers[kind]
    nasty = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", "'=x", "=cmd|' /C calc'!A0"]
    headers = [one.name for one in importer.fields]
    path = tmp_path / f"a.{form}"
    writing.write(path, form, headers, [[text] * len(headers) for text in nasty])
    if form == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert not [cell for row in csv.reader(file) for cell in row if cell[:1] in tuple("=+-@\t\r＝＋－＠")]
    sheet = open_sheet(path)
    plan = Plan(importer, Mapping.read(importer, {"columns": {name: name for name in headers}}), headers, is_csv=sheet.is_csv)
    plain = {one.name for one in importer.fields if one.parse.__name__ == "text"}
    for text, line in zip(nasty, sheet.lines(), strict=True):
        values, _problems = plan.values_of(line.cells)
        assert {values[name] for name in plain} == {text.strip()}


def test_rejected_rows_come_back_corrected_as_they_are(take_in, people, tmp_path, signed_in, client):
    """The sheet of rejected rows is corrected and imported again: its row number and its reason are passed over."""
    path = tmp_path / "a.csv"
    path.write_text("公司信息,,\n客户名称,成立年份,公司电话\n好公司,2008,\n坏年份,去年,\n", encoding="utf-8")
    run = take_in("companies", path, by=people.manager)
    assert (run.created, run.rejected) == (1, 1)
    back = tmp_path / "back.xlsx"
    back.write_bytes(b"".join(signed_in(people.manager).get(f"/imports/{run.pk}/rejected/").streaming_content))
    sheet = open_sheet(back)
    cells = next(sheet.lines()).cells
    assert "去年" in str(cells[-1])
    corrected = tmp_path / "corrected.xlsx"
    writing.write_xlsx(corrected, sheet.headers, [["坏年份", "2025", *cells[2:]]])
    again = take_in("companies", corrected, by=people.manager)
    assert (again.created, again.rejected) == (1, 0)
    assert Company.objects.get(name="坏年份").established == 2025


def test_the_command_writes_what_the_command_reads(full, people, tmp_path):
    path = tmp_path / "out.csv"
    call_command("export", "contacts", str(path))
    call_command("import", "contacts", str(path), "--mode", "update", "--key", "external_id")
