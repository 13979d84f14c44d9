"""What was exported and comes back unchanged changes nothing: no record, no event (A13.9).

`KEMAN_ROUND_TRIP=10000 pytest crm/importexport/tests/test_roundtrip.py` does it with as many companies and as many contacts.
"""

import csv
import os
from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.management import call_command
from pghistory.models import Event

from crm.activity.models import Activity
from crm.importexport import writing
from crm.importexport.importers import importers
from crm.importexport.mapping import Mapping, Plan
from crm.importexport.reading import open_sheet
from crm.importexport.sheets import write
from customers.companies import regions
from customers.companies import services as companies
from customers.companies.models import Company
from customers.contacts.models import Contact

NUMBER = int(os.environ.get("KEMAN_ROUND_TRIP", "200"))
ODD = [
    "=1+1", "-1 号楼", "+86", "@家", "＝1", "两行\n说明", '他说"好"', "a,b;c|d", "'引号", "'1", " ", "1.38E+10", "007", "2026-03-05", "TRUE", "#REF",
    "　全角 ", "很长" * 40,
]  # fmt: skip
ODD_NAMES = ["", "=", "+", "-1 ", "@", "'", "007", "长" * 150, "Ａ", "𠮷", "A,B;", "O'"]


def put_in(kind, rows, by):
    """Records by the verbs of their noun."""
    importer = importers[kind]
    importer.create_many([importer.clean(row, by) for row in rows], by=by)


# Places of which several have the name are told apart by what they lie in.
PLACES = ["苏州", "110105", "220104", "440305", "654002", "654021", "500101", "469023", "71", ""]
PHONES = ["0512-6{0:07}", "+86 10 6{0:07} 转 801", "400{0:07}", "+1 212 555 {1:04}", "+852 2345 {1:04}", ""]


def firm(number):
    """A company with every kind of value in it; every seventh is called as another one, as chains are."""
    return {
        "name": "老百姓大药房" if number % 7 == 0 else f"{ODD_NAMES[number % len(ODD_NAMES)]}苏州晶锐{number}光电有限公司"[-200:],
        "short_name": ODD[number % len(ODD)].strip()[:80], "external_id": f"{number:06}", "industry": "electronics" if number % 3 else "",
        "size": "s100", "employees": number or None, "revenue": Decimal("12345.67") + number, "established": 1990 + number % 30,
        "phone": PHONES[number % len(PHONES)].format(number, number % 10_000), "notes": ODD[number % len(ODD)], "address": ODD[(number + 3) % len(ODD)],
        "tags": [["重点", "展会 2026"], [], ["=1+1", "007", "@家"]][number % 3], "website": f"www.example{number}.com" if number % 3 else "",
        "region": PLACES[number % len(PLACES)], "grade": "ABC"[number % 3], "source": "website" if number % 2 else "",
    }  # fmt: skip


def person(number, company):
    """A person with several numbers and addresses, some of them from abroad."""
    further = [
        {"kind": "mobile", "value": f"139{number:08}"},
        {"kind": "landline", "value": f"0755-8{number:07}-{number % 900}", "label": "前台"},
        {"kind": "email", "value": f"second+{number}@example.com"},
    ]
    return {
        "name": f"{ODD_NAMES[number % len(ODD_NAMES)]}王芳{number}", "external_id": f"K{number}", "company": company,
        "position": "采购经理", "department": ODD[(number + 5) % len(ODD)].strip()[:80], "mobile": f"138{number:08}",
        "email": f"wang{number}@example.com", "wechat": f"wx_0{number}", "qq": f"0{10_000 + number}", "points": further[: number % 4],
        "birthday": date(1990, 3, 5), "notes": ODD[number % len(ODD)], "gender": "female", "decision_role": "champion" if number % 2 else "",
        "has_left": number % 5 == 0, "interests": ["钓鱼", "AI/大数据"], "tags": ["重点", "007"], "region": PLACES[(number + 1) % len(PLACES)],
    }  # fmt: skip


@pytest.fixture
def full(people):
    """Many companies and as many contacts, with every kind of value in them."""
    put_in("companies", [firm(number) for number in range(NUMBER)], people.manager)
    made = {company.external_id: company for company in Company.objects.all()}
    put_in("contacts", [person(number, made[f"{number:06}"]) for number in range(NUMBER)], people.manager)


def history():
    """How many old rows the triggers have kept, of all that is tracked."""
    return sum(model.objects.count() for model in apps.get_models() if issubclass(model, Event))


def events():
    """How many events tell of records."""
    return Activity.objects.exclude(verb__startswith="imports.").exclude(verb__startswith="jobs.").count()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize(("kind", "model"), [("companies", Company), ("contacts", Contact)])
def test_an_export_that_comes_back_unchanged_changes_nothing(full, take_in, people, tmp_path, form, kind, model):
    path = tmp_path / f"out.{form}"
    write(importers[kind], path, form, by=people.manager)
    before = dict(model.objects.values_list("pk", "version")), history(), events()
    run = take_in(kind, path, by=people.manager, mode="update", key="external_id")
    assert [(row.column, row.value, row.message) for row in run.outcomes.filter(outcome="rejected")[:3]] == []
    assert (run.rows, run.unchanged, run.updated, run.created, run.rejected) == (NUMBER, NUMBER, 0, 0, 0)
    assert (dict(model.objects.values_list("pk", "version")), history(), events()) == before


@pytest.mark.parametrize("kind", [name for name, one in importers.items() if one.exports])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.django_db
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


def test_rejected_rows_under_two_rows_of_headers_come_back_with_every_column(take_in, people, tmp_path, signed_in):
    path = tmp_path / "a.csv"
    path.write_text("公司,,联系人,,\n名称,行业,姓名,职务,手机\n甲公司,装备制造,王芳,经理,13800138001\n乙公司,装备制造,李雷,经理,138\n", encoding="utf-8")
    run = take_in("customers", path, by=people.manager)
    assert (run.created, run.rejected) == (1, 1)
    back = tmp_path / "back.xlsx"
    back.write_bytes(b"".join(signed_in(people.manager).get(f"/imports/{run.pk}/rejected/").streaming_content))
    sheet = open_sheet(back)
    cells = next(sheet.lines()).cells
    corrected = tmp_path / "corrected.xlsx"
    writing.write_xlsx(corrected, sheet.headers, [["13800138002" if cell == "138" else cell for cell in cells]])
    again = take_in("customers", corrected, by=people.manager)
    assert (again.created, again.rejected) == (1, 0)
    assert Company.objects.get(name="乙公司").industry == Company.objects.get(name="甲公司").industry != ""


def test_a_municipality_goes_out_and_comes_in_as_itself(people):
    company = companies.create({"name": "甲公司", "region": "3101"}, by=people.manager)
    assert (company.region, regions.code_of(regions.words(company.region))) == ("31", "31")


def test_what_is_wrong_with_a_customer_names_the_column_it_is_in(sheet, take_in, report, people):
    head = ["公司名称", "联系人", "职位", "手机"]
    rows = [["", "王芳", "经理", "13800138001"], ["乙公司", "", "经理", "13800138002"], ["丙公司", "李雷", "", "13800138003"]]
    run = take_in("customers", sheet("a.csv", head, *rows), by=people.manager)
    assert [(one["row"], one["column"]) for one in report(run)["rejected"]] == [(2, "公司名称"), (3, "联系人"), (4, "职位")]


def test_the_currency_of_a_contract_goes_out_as_the_code_that_comes_in(people, make_contract):
    field = importers["contracts"].names["currency"]
    assert field.out(make_contract(by=people.rep_a)) == "CNY"
