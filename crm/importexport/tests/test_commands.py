"""The same from the command line: exit codes and the report that programs read."""

import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from crm.importexport.models import ImportRun
from customers.companies import services as companies
from customers.companies.models import Company

pytestmark = pytest.mark.usefixtures("media")
REPORT = {"rows", "accepted", "created", "updated", "skipped", "duplicates", "file_error", "rejected", "warnings"}


@pytest.fixture
def command(tmp_path):
    """`command("companies", path, …)` gives exit code and report."""

    def run(kind, path, *args):
        out = tmp_path / "report.json"
        code = 0
        try:
            call_command("import", kind, str(path), "--report", str(out), *args)
        except SystemExit as end:
            code = end.code
        return code, json.loads(out.read_text(encoding="utf-8"))

    return run


def test_every_row_taken_is_zero(command, sheet, people):
    code, report = command("companies", sheet("a.csv", ["Company name"], ["Acme"], ["Bolt"]), "--as", "manager")
    assert code == 0
    assert set(report) == REPORT
    assert (report["rows"], report["accepted"], report["created"]) == (2, 2, 2)
    assert {company.owner for company in Company.objects.all()} == {people.manager}


def test_some_rejected_is_one(command, sheet, people):
    code, report = command("companies", sheet("a.csv", ["Company name", "Employees"], ["Acme", "few"], ["Bolt", "3"]))
    assert code == 1
    assert report["rejected"] == [{"row": 2, "column": "Employees", "value": "few", "code": "not_a_number", "message": report["rejected"][0]["message"]}]
    assert Company.objects.get().owner is None


def test_a_file_that_cannot_be_used_is_two(command, sheet, tmp_path, people):
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    mapping = tmp_path / "mapping.json"
    mapping.write_text('{"columns": {"Nowhere": "name"}}', encoding="utf-8")
    good = sheet("a.csv", ["Company name"], ["Acme"])
    for kind, path, args, reason in (
        ("companies", empty, (), "empty"),
        ("companies", tmp_path / "missing.csv", (), "no_file"),
        ("nonsense", good, (), "unknown_kind"),
        ("companies", good, ("--as", "nobody"), "unknown_user"),
        ("companies", good, ("--mapping", str(mapping)), "missing_column"),
        ("companies", good, ("--mapping", str(empty)), "bad_mapping"),
        ("companies", good, ("--as", "telesales"), "not_allowed"),
    ):
        code, report = command(kind, path, *args)
        assert (code, report["file_error"]["code"], report["rows"]) == (2, reason, 0)
    assert not Company.objects.exists()


def test_a_dry_run_says_the_same_and_keeps_nothing(command, sheet, people, media):
    path = sheet("a.csv", ["Company name", "Employees"], ["Acme", "few"], ["Bolt", "3"], ["Bolt", "3"])
    code, trial = command("companies", path, "--dry-run")
    assert code == 1
    assert not Company.objects.exists()
    assert not ImportRun.objects.exists()
    assert not list(media.glob("imports/*"))
    _code, real = command("companies", path)
    assert trial == real


def test_a_mapping_file_says_what_the_columns_mean(command, sheet, tmp_path, people):
    mapping = tmp_path / "mapping.json"
    given = {"columns": {"Firma": "name", "Branche": "industry"}, "values": {"industry": {"Technik": "electronics"}}, "constants": {"tags": "messe"}}
    mapping.write_text(json.dumps(given), encoding="utf-8")
    assert command("companies", sheet("a.csv", ["Firma", "Branche"], ["Acme", "Technik"]), "--mapping", str(mapping))[0] == 0
    company = Company.objects.get()
    assert (company.name, company.industry, company.tags) == ("Acme", "electronics", ["messe"])


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_was_exported_comes_back_without_a_change(command, tmp_path, people, form):
    given = {
        "name": "=1+1 有限公司", "credit_code": "91350100M000100Y43", "industry": "electronics", "size": "s100", "employees": 50,
        "revenue": Decimal("12345678.90"), "established": 2008, "region": "苏州", "address": "-1 号楼", "phone": "0512-62881234",
        "website": "www.example.com", "source": "website", "grade": "A", "tags": ["重点", "展会"], "notes": "两行\n说明", "external_id": "C1",
    }  # fmt: skip
    first = companies.create(given, by=people.rep_a)
    companies.create({"name": "Bolt", "parent": first, "external_id": "C2"}, by=people.rep_b)
    path = tmp_path / f"out.{form}"
    call_command("export", "companies", str(path))
    code, report = command("companies", path, "--mode", "both", "--key", "external_id")
    assert (code, report["created"], report["updated"], report["skipped"], report["rejected"]) == (0, 0, 0, 2, [])


def test_an_export_of_nothing_known_is_refused(tmp_path, people):
    for args in (("nonsense", "a.csv"), ("companies", "a.pdf"), ("companies", "a.csv", "--as", "nobody"), ("people", "a.csv")):
        with pytest.raises(CommandError):
            call_command("export", args[0], str(tmp_path / args[1]), *args[2:])
