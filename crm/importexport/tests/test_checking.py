"""Before the import: every row is tried, wrong cells are corrected on the page, and the file stays as it is."""

import pytest

from crm.core.errors import Invalid, NotAllowed
from crm.importexport import services
from crm.importexport.importers import importers
from crm.importexport.models import ImportRun, KeptMapping
from crm.importexport.tests.test_messy import book
from customers.companies.models import Company

HEAD = ["客户名称", "成立年份", "公司电话"]


@pytest.fixture
def sent(sheet, upload, signed_in, people, media):
    """Send a sheet of companies as the manager; the run."""

    def send(*rows, by=None, name="a.csv", kind="companies"):
        answer = signed_in(by or people.manager).post("/imports/new/", {"kind": kind, "file": upload(sheet(name, *rows))})
        assert answer.status_code == 303, answer.context["form"].errors
        return ImportRun.objects.latest("pk")

    return send


@pytest.fixture
def checked(sent, client, run_jobs):
    """Send a sheet and let every row be tried; the run."""

    def check(*rows, **choices):
        run = sent(*rows, **choices)
        columns = {f"column-{place}": name for place, name in enumerate(("name", "established", "phone", "parent"))}
        answer = client.post(f"/imports/{run.pk}/mapping/", columns | {"mode": "create", "dates": "mdy", "check": "1"})
        assert answer["Location"] == f"/imports/{run.pk}/check/"
        assert b"progress" in client.get(f"/imports/{run.pk}/check/").content
        run_jobs()
        run.refresh_from_db()
        return run

    return check


def wrong(page):
    return [(line["row"], line["column"], line["cell"]) for line in page.context["lines"]]


def test_wrong_cells_are_corrected_on_the_page_and_taken_in(checked, client, run_jobs):
    run = checked(HEAD, ["好公司", "2008", ""], ["坏年份", "很久以前", ""], ["坏电话", "1999", "123"])
    assert not Company.objects.exists()
    assert run.checked == {"rows": 3, "created": 1, "updated": 0, "unchanged": 0, "skipped": 0, "duplicates": 0, "rejected": 2}
    page = client.get(f"/imports/{run.pk}/check/")
    assert wrong(page) == [(3, "成立年份", "很久以前"), (4, "公司电话", "123")]
    given = {"was-3-1": "很久以前", "cell-3-1": "2001", "was-4-2": "123", "cell-4-2": "456", "again": "1"}
    page = client.post(f"/imports/{run.pk}/check/", given, follow=True)
    assert wrong(page) == [(4, "公司电话", "456")]
    assert page.context["run"].checked["rejected"] == 1
    client.post(f"/imports/{run.pk}/check/", {"was-4-2": "456", "cell-4-2": "0512-62881234", "start": "1"})
    run_jobs()
    assert list(Company.objects.order_by("pk").values_list("name", "established", "phone")) == [
        ("好公司", 2008, ""), ("坏年份", 2001, ""), ("坏电话", 1999, "+8651262881234"),
    ]  # fmt: skip
    run.refresh_from_db()
    assert (run.created, run.rejected) == (3, 0)


def test_one_correction_may_stand_for_every_row_with_the_same_text(checked, client):
    run = checked(HEAD, ["一", "去年", ""], ["二", "去年", ""], ["三", "前年", ""])
    page = client.get(f"/imports/{run.pk}/check/")
    assert [line["others"] for line in page.context["lines"]] == [1, 1, 0]
    page = client.post(f"/imports/{run.pk}/check/", {"was-2-1": "去年", "cell-2-1": "2025", "same-2-1": "1", "again": "1"}, follow=True)
    assert wrong(page) == [(4, "成立年份", "前年")]


def test_a_group_that_stands_below_its_members_is_no_mistake(checked, client, sheet):
    run = checked(["客户名称", "成立年份", "公司电话", "集团"], ["子公司", "", "", "母公司"], ["母公司", "", "", ""], ["孤儿", "", "", "没有"])
    assert [row.row for row in run.wrong.all()] == [4]


def test_what_was_corrected_survives_until_the_file_is_read_in_another_way(checked, client):
    run = checked(["导出", "", ""], HEAD, ["坏年份", "很久以前", ""])
    client.post(f"/imports/{run.pk}/check/", {"was-3-1": "很久以前", "cell-3-1": "2001", "again": "1"})
    run.refresh_from_db()
    assert (run.header_row, run.fixes) == (2, {"3": {"1": "2001"}})
    client.post(f"/imports/{run.pk}/reading/", {"row": "1", "depth": "2", "read": "1"})
    run.refresh_from_db()
    assert (run.header_row, run.header_depth, run.fixes, run.checked) == (1, 2, {}, {})


def test_another_sheet_of_the_workbook_can_be_chosen(tmp_path, upload, signed_in, people, media):
    def fill(made, page):
        page.write_row(0, 0, ["客户名称"])
        page.write_row(1, 0, ["甲"])
        other = made.add_worksheet("供应商")
        other.write_row(0, 0, ["公司名称"])
        other.write_row(1, 0, ["乙"])

    path = tmp_path / "a.xlsx"
    book(fill).write(path)
    client = signed_in(people.manager)
    client.post("/imports/new/", {"kind": "companies", "file": upload(path)})
    run = ImportRun.objects.get()
    assert "供应商" in client.get(f"/imports/{run.pk}/mapping/").content.decode()
    client.post(f"/imports/{run.pk}/reading/", {"sheet": "供应商", "row": "1", "depth": "1", "read": "1"})
    run.refresh_from_db()
    assert (run.sheet, run.headers) == ("供应商", ["公司名称"])


def test_only_the_owner_of_an_import_corrects_it_and_only_before_it_starts(checked, client, signed_in, people, run_jobs):
    run = checked(HEAD, ["坏年份", "很久以前", ""])
    for address in ("check/", "reading/"):
        assert signed_in(people.rep_b).post(f"/imports/{run.pk}/{address}", {}).status_code == 404
    signed_in(people.manager).post(f"/imports/{run.pk}/check/", {"start": "1"})
    run_jobs()
    assert client.post(f"/imports/{run.pk}/check/", {"was-2-1": "很久以前", "cell-2-1": "2001"}).status_code == 409


def test_a_choice_of_columns_is_shared_by_an_administrator_and_offered_to_all(sent, client, people, signed_in):
    columns = {"column-0": "name", "column-1": "industry", "mode": "create", "dates": "mdy", "keep_as": "德国展会"}
    run = sent(["Firma", "Branche"], ["Acme", "电子"], by=people.admin)
    client.post(f"/imports/{run.pk}/mapping/", columns | {"is_shared": "on", "start": "1"})
    assert KeptMapping.objects.get().is_shared
    again = sent(["Branche", "Firma"], ["电子", "Bolt"], by=people.rep_a)
    assert again.mapping["columns"] == {"Firma": "name", "Branche": "industry"}
    page = client.get(f"/imports/{again.pk}/mapping/")
    assert [one.name for one in page.context["kept"]] == ["德国展会"]
    client.post(f"/imports/{again.pk}/mapping/", {"column-0": "", "column-1": "name", "mode": "create", "dates": "mdy", "try": "1"})
    client.post(f"/imports/{again.pk}/reading/", {"kept": str(KeptMapping.objects.get().pk), "use": "1"})
    again.refresh_from_db()
    assert again.mapping["columns"] == {"Firma": "name", "Branche": "industry"}


def test_nobody_else_shares_or_uses_what_is_not_shared(sent, people):
    run = sent(["Firma"], ["Acme"], by=people.rep_a)
    with pytest.raises(NotAllowed):
        services.keep_mapping("Mine", "companies", {"columns": {"Firma": "name"}}, by=people.rep_a, shared=True)
    services.keep_mapping("Theirs", "companies", {"columns": {"Firma": "name"}}, by=people.rep_b)
    with pytest.raises(Invalid):
        services.use_mapping(run, KeptMapping.objects.get().pk, by=people.rep_a)


KINDS = "companies contacts customers leads interactions products opportunities contracts orders payments feedback".split()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_sent_checked_and_corrected_on_the_page(kind, sent, client, people, run_jobs):
    """Every field of the kind, by the names that its empty sheet has, with rubbish in it: each wrong cell stands in the grid."""
    headers = [str(one.label) for one in importers[kind].fields]
    run = sent(headers, ["？"] * len(headers), [""] * (len(headers) - 1) + ["E1"], by=people.admin, kind=kind)
    mapped = {name for names in run.mapping["columns"].values() for name in ([names] if isinstance(names, str) else names)}
    assert mapped == {one.name for one in importers[kind].fields}
    run = services.check(run, by=people.admin)
    run_jobs()
    run.refresh_from_db()
    assert (run.check_job.state, run.checked["rows"]) == ("done", 2)
    page = client.get(f"/imports/{run.pk}/check/")
    assert page.status_code == 200
    assert page.context["lines"]
    line = next(line for line in page.context["lines"] if line["place"] is not None)
    place = f"{line['row']}-{line['place']}"
    answer = client.post(f"/imports/{run.pk}/check/", {f"was-{place}": line["cell"], f"cell-{place}": "别的", "again": "1"})
    assert answer.status_code == 303


WORDS = ["客户名称", "行业", "公司规模", "来源"]


def test_a_word_on_no_list_costs_the_field_and_not_the_row_and_is_told(sheet, take_in, report, people):
    run = take_in("companies", sheet("a.csv", WORDS, ["甲公司", "量子玄学", "100人", "网站"], ["乙公司", "装备制造", "", "算命先生"]), by=people.manager)
    assert (run.created, run.rejected) == (2, 0)
    assert dict(Company.objects.values_list("name", "industry")) == {"甲公司": "", "乙公司": "machinery"}
    told = [(line["row"], line["column"], line["value"]) for line in report(run)["warnings"] if line["code"] == "unknown_word"]
    assert (2, "行业", "量子玄学") in told
    assert (3, "来源", "算命先生") in told


def test_a_word_on_no_list_leaves_a_record_as_it_is(sheet, take_in, people):
    take_in("companies", sheet("a.csv", ["外部编号", "客户名称", "行业"], ["C1", "甲公司", "装备制造"]), by=people.manager)
    path = sheet("b.csv", ["外部编号", "行业", "成立年份"], ["C1", "量子玄学", "2008"])
    run = take_in("companies", path, by=people.manager, mode="update", key="external_id")
    company = Company.objects.get()
    assert (run.updated, run.rejected, company.industry, company.established) == (1, 0, "machinery", 2008)


def test_words_on_no_list_are_corrected_like_wrong_cells(sent, client, run_jobs):
    run = sent(["客户名称", "行业", "成立年份"], ["甲公司", "量子玄学", "2008"], ["乙公司", "量子玄学", "去年"], ["丙公司", "装备制造", "1999"])
    columns = {"column-0": "name", "column-1": "industry", "column-2": "established", "mode": "create", "dates": "mdy", "check": "1"}
    client.post(f"/imports/{run.pk}/mapping/", columns)
    run_jobs()
    run.refresh_from_db()
    assert (run.checked["created"], run.checked["rejected"]) == (2, 1)
    page = client.get(f"/imports/{run.pk}/check/")
    assert set(wrong(page)) == {(2, "行业", "量子玄学"), (3, "行业", "量子玄学"), (3, "成立年份", "去年")}
    given = {"was-2-1": "量子玄学", "cell-2-1": "装备制造", "same-2-1": "1", "was-3-2": "去年", "cell-3-2": "2025", "again": "1"}
    page = client.post(f"/imports/{run.pk}/check/", given, follow=True)
    assert (wrong(page), page.context["run"].checked["created"], page.context["run"].checked["rejected"]) == ([], 3, 0)
    client.post(f"/imports/{run.pk}/check/", {"start": "1"})
    run_jobs()
    assert set(Company.objects.values_list("industry", flat=True)) == {"machinery"}
