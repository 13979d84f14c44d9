"""Which column means which field: guessed, told, checked."""

import pytest

from crm.core.errors import Invalid
from crm.importexport.importers import importers
from crm.importexport.mapping import Mapping, Plan


def guessed(kind, *headers):
    found = Mapping.guess(importers[kind], list(headers))
    return {header: names[0] for header, names in found.columns.items()}


def test_chinese_headers_are_recognised():
    assert guessed("companies", "客户名称", "统一社会信用代码", "所属行业", "公司电话", "年营业额（元）", "负责人", "随便什么") == {
        "客户名称": "name", "统一社会信用代码": "credit_code", "所属行业": "industry", "公司电话": "phone",
        "年营业额（元）": "revenue", "负责人": "owner",
    }  # fmt: skip


def test_english_headers_are_recognised_whatever_their_case_and_marks():
    assert guessed("companies", "Account Name", "YEAR_ESTABLISHED", "Tax-ID", "sector") == {
        "Account Name": "name", "YEAR_ESTABLISHED": "established", "Tax-ID": "credit_code", "sector": "industry",
    }  # fmt: skip
    assert guessed("contacts", "Full Name", "Job Title", "Cell Phone", "E-mail address") == {
        "Full Name": "name", "Job Title": "position", "Cell Phone": "mobile", "E-mail address": "email",
    }  # fmt: skip


def test_of_two_columns_for_one_field_the_first_counts():
    assert guessed("contacts", "手机", "联系电话", "姓名") == {"手机": "mobile", "姓名": "name"}


@pytest.mark.parametrize("kind", [name for name, _importer in importers.items()])
def test_every_kind_knows_its_own_names_of_fields(kind):
    importer = importers[kind]
    names = [one.name for one in importer.fields]
    assert list(guessed(kind, *names).values()) == names


@pytest.mark.django_db
def test_a_mapping_renames_replaces_adds_and_leaves_out():
    mapping = Mapping.read(
        importers["companies"],
        {
            "columns": {"Firm": ["name", "external_id"], "Field": "industry"},
            "values": {"industry": {"technolgy": "electronics"}, "*": {"Select": ""}},
            "constants": {"source": "import"},
            "skip_if": {"State": ["closed"]},
        },
    )
    plan = Plan(importers["companies"], mapping, ["Firm", "Field", "State"])
    assert plan.values_of(["Acme", "technolgy", "open"])[0] == {
        "name": "Acme", "external_id": "Acme", "industry": "electronics", "source": "import",
    }  # fmt: skip
    assert plan.values_of(["Select", "", ""])[0]["name"] == ""
    assert plan.skips_row(["Acme", "x", "closed"])
    assert not plan.skips_row(["Acme", "x", "open"])


@pytest.mark.parametrize(
    "given",
    [
        {"columns": {"A": "nonsense"}}, {"colums": {}}, [], {"columns": {"A": "name"}, "dates": "ydm"},
        {"columns": {"A": "name"}, "times": {"revenue": "many"}},
    ],
)  # fmt: skip
def test_a_mapping_that_makes_no_sense_is_refused(given):
    with pytest.raises(Invalid) as refusal:
        Mapping.read(importers["companies"], given)
    assert refusal.value.code == "bad_mapping"


def test_a_column_that_is_not_there_and_a_required_field_without_one_are_refused():
    importer = importers["companies"]
    with pytest.raises(Invalid) as refusal:
        Mapping.read(importer, {"columns": {"Firm": "name"}}).check(["Company"], importer)
    assert refusal.value.code == "missing_column"
    with pytest.raises(Invalid) as refusal:
        Mapping.read(importer, {"columns": {"Sector": "industry"}}).check(["Sector"], importer)
    assert refusal.value.code == "missing_required"


def test_a_mapping_survives_being_kept_as_json():
    given = {"columns": {"A": ["name", "external_id"], "B": "revenue"}, "times": {"revenue": 1000}, "values": {"industry": {"x": "y"}}}
    mapping = Mapping.read(importers["companies"], given)
    assert Mapping.read(importers["companies"], mapping.as_json()) == mapping
