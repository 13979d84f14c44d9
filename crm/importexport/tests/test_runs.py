"""Rows on their way in: good ones are kept, the others say why, and nothing is taken twice."""

from dataclasses import replace
from itertools import islice

import pytest
from django.db import transaction

from crm.activity.models import Activity
from crm.core.errors import Invalid, NotAllowed
from crm.importexport import runs, services
from crm.importexport.importers import Twin, importers
from crm.importexport.intake import Choice, Intake
from crm.importexport.mapping import Mapping
from crm.importexport.models import ImportRow, ImportRun
from crm.importexport.reading import open_sheet
from crm.jobs import services as jobs
from crm.jobs.models import Job
from customers.companies import services as companies
from customers.companies.models import Company
from customers.contacts.models import Contact

HEAD = ["客户名称", "行业", "公司电话", "成立年份", "负责人"]


def counts(run):
    return {name: getattr(run, name) for name in ("rows", "created", "updated", "unchanged", "skipped", "duplicates", "rejected")}


def test_good_rows_are_kept_and_bad_ones_say_why(sheet, take_in, report, people):
    path = sheet(
        "客户.csv", HEAD,
        ["苏州晶锐光电有限公司", "电子", "0512-62881234", "2008", ""],
        ["坏行业公司", "不存在的行业", "123", "abc", ""],
        ["", "电子", "", "", ""],
        ["没有人要的公司", "", "", "", "没有人"],
        ["无锡恒达机械有限公司", "装备制造", "", "1999", "林小雨"],
    )  # fmt: skip
    run = take_in("companies", path, by=people.manager)
    assert counts(run) == {"rows": 5, "created": 2, "updated": 0, "unchanged": 0, "skipped": 0, "duplicates": 0, "rejected": 3}
    found = report(run)
    assert (found["rows"], found["accepted"], found["created"], found["file_error"]) == (5, 2, 2, None)
    assert [(line["row"], line["column"], line["value"]) for line in found["rejected"]] == [
        (3, "行业", "不存在的行业"), (3, "成立年份", "abc"), (3, "公司电话", "123"), (4, "客户名称", ""), (5, "负责人", "没有人"),
    ]  # fmt: skip
    assert {line["code"] for line in found["rejected"]} == {"not_a_number", "invalid", "not_found", "unknown_word"}
    first, second = Company.objects.order_by("pk")
    assert (first.name, first.industry, first.phone, first.established, first.owner) == (
        "苏州晶锐光电有限公司", "electronics", "+8651262881234", 2008, people.manager,
    )  # fmt: skip
    assert second.owner == people.rep_a
    assert Activity.objects.filter(verb="companies.created", via="import", actor=people.manager).count() == 2


def test_messages_are_in_the_language_of_the_reader(sheet, take_in, report, make_user):
    path = sheet("a.csv", ["Company name", "Employees"], ["Acme", "many"])
    english = take_in("companies", path, by=make_user("manager", language="en"))
    assert report(english)["rejected"][0]["message"] == "“many” is not a number."


def test_a_known_company_and_a_repeated_row_are_left_out_as_duplicates(sheet, take_in, report, people):
    companies.create({"name": "苏州晶锐光电有限公司"}, by=people.rep_c)
    path = sheet("a.csv", ["客户名称"], ["苏州晶锐光电有限公司"], ["无锡恒达"], ["无锡恒达"])
    run = take_in("companies", path, by=people.manager)
    assert (run.rows, run.created, run.duplicates, run.rejected) == (3, 1, 2, 0)
    assert [(line["row"], line["code"]) for line in report(run)["warnings"]] == [(2, "duplicate"), (4, "duplicate")]
    assert "华东二组" in report(run)["warnings"][0]["message"]


def test_a_row_that_is_only_alike_is_taken_and_said(sheet, take_in, report, people, monkeypatch):
    """The rules of the house say warn: the row comes in with a note, whether a record or an earlier row is like it."""
    there = companies.create({"name": "苏州晶锐光电有限公司"}, by=people.rep_c)
    alike = replace(
        importers["companies"],
        identities=lambda values: [("name", values["name"][:4])],
        twins=lambda wanted, by: {("name", "苏州晶锐"): Twin(there, "name", "much like 苏州晶锐光电有限公司", blocks=False)},
        certain=lambda identity: False,
    )
    monkeypatch.setitem(importers._things, "companies", alike)
    run = take_in("companies", sheet("a.csv", ["客户名称"], ["苏州晶锐科技"], ["无锡恒达一"], ["无锡恒达二"]), by=people.manager)
    assert (run.created, run.duplicates, run.rejected) == (3, 0, 0)
    assert [(line["row"], line["column"], line["code"]) for line in report(run)["warnings"]] == [
        (2, "客户名称", "possible_duplicate"), (4, "客户名称", "possible_duplicate"),
    ]  # fmt: skip
    assert report(run)["warnings"][0]["message"] == "much like 苏州晶锐光电有限公司"


def test_importing_the_same_sheet_twice_creates_nothing_new(sheet, take_in, people):
    path = sheet("a.xlsx", ["客户名称"], ["苏州晶锐"], ["无锡恒达"])
    assert take_in("companies", path, by=people.manager).created == 2
    again = take_in("companies", path, by=people.manager)
    assert (again.created, again.duplicates) == (0, 2)
    assert Company.objects.count() == 2


def test_rows_find_their_record_by_the_chosen_key(sheet, take_in, people):
    company = companies.create({"name": "Acme", "external_id": "C1", "notes": "keep me"}, by=people.manager)
    path = sheet("a.csv", ["External ID", "Company name", "Employees", "Notes"], ["C1", "Acme Corp", "12", ""], ["C2", "Bolt", "3", ""])
    run = take_in("companies", path, by=people.manager, mode="both", key="external_id")
    assert (run.created, run.updated, run.rejected) == (1, 1, 0)
    company.refresh_from_db()
    assert (company.name, company.employees, company.notes) == ("Acme Corp", 12, "keep me")
    once_more = take_in("companies", path, by=people.manager, mode="update", key="external_id")
    assert (once_more.updated, once_more.unchanged) == (0, 2)


def test_only_what_one_may_change_is_found_for_a_change(sheet, take_in, report, people):
    companies.create({"name": "Acme", "external_id": "C1"}, by=people.rep_c)
    path = sheet("a.csv", ["External ID", "Employees"], ["C1", "12"])
    run = take_in("companies", path, by=people.rep_a, mode="update", key="external_id")
    assert (run.updated, run.rejected) == (0, 1)
    assert report(run)["rejected"][0]["code"] == "not_found"
    assert Company.objects.get().employees is None


def test_whoever_may_not_assign_brings_in_only_what_is_his(sheet, take_in, report, people):
    path = sheet("a.csv", ["客户名称", "负责人"], ["Acme", "周明"], ["Bolt", "林小雨"])
    run = take_in("companies", path, by=people.rep_a)
    assert [line["row"] for line in report(run)["rejected"]] == [2]
    assert Company.objects.get().owner == people.rep_a


def test_who_may_not_import_may_not_even_send_a_file(sheet, people, media):
    with pytest.raises(NotAllowed):
        services.receive("companies", sheet("a.csv", ["客户名称"], ["Acme"]), "a.csv", by=people.telesales)
    assert not list(media.glob("imports/*"))


def test_a_group_may_stand_anywhere_in_the_sheet(sheet, take_in, report, people):
    path = sheet("a.csv", ["客户名称", "集团"], ["孙公司", "子公司"], ["子公司", "母公司"], ["母公司", ""], ["孤儿", "不存在的公司"])
    run = take_in("companies", path, by=people.manager)
    assert {company.name: str(company.parent or "") for company in Company.objects.all()} == {
        "孙公司": "子公司", "子公司": "母公司", "母公司": "",
    }  # fmt: skip
    assert (run.rows, run.created, run.rejected) == (4, 3, 1)
    assert report(run)["rejected"][0]["row"] == 5


def test_company_and_person_come_in_one_sheet(sheet, take_in, people):
    path = sheet(
        "a.xlsx", ["公司名称", "联系人", "职位", "手机"],
        ["甲公司", "王芳", "采购经理", "13800138001"], ["甲公司", "李雷", "工程师", "13800138002"], ["乙公司", "韩梅", "厂长", "138"],
    )  # fmt: skip
    run = take_in("customers", path, by=people.manager)
    assert (run.created, run.rejected) == (2, 1)
    assert list(Contact.objects.order_by("pk").values_list("name", "company__name")) == [("王芳", "甲公司"), ("李雷", "甲公司")]
    assert Company.objects.count() == 1


def test_a_row_that_fails_alone_leaves_its_neighbours_in(sheet, take_in, people, monkeypatch):
    """The bulk verb refuses one row of the chunk: the others are taken one by one."""
    path = sheet("a.csv", ["Company name"], *[[f"Company {number}"] for number in range(20)])
    real = companies.create_many

    def fussy(rows, **options):
        if any(row["name"] == "Company 7" for row in rows):
            raise Invalid("no sevens", field="name", code="seven")
        return real(rows, **options)

    monkeypatch.setattr(companies, "create_many", fussy)
    run = take_in("companies", path, by=people.manager)
    assert (run.created, run.rejected) == (19, 1)
    assert ImportRow.objects.get(outcome="rejected").row == 9


def test_an_import_is_undone_as_far_as_nobody_has_touched_it(sheet, take_in, people, run_jobs):
    path = sheet("a.csv", ["Company name"], ["Acme"], ["Bolt"], ["Cord"])
    run = take_in("companies", path, by=people.manager)
    companies.update(Company.objects.get(name="Bolt"), {"notes": "mine now"}, by=people.manager)
    services.undo(run, by=people.manager)
    run_jobs()
    assert list(Company.objects.live().values_list("name", flat=True)) == ["Bolt"]
    run.refresh_from_db()
    assert run.undone_at
    assert run.undo_job.result == {"taken": 2, "kept": 1}


def test_a_stopped_import_goes_on_where_it_was_and_takes_no_row_twice(sheet, media, people, run_jobs, monkeypatch):
    """The worker is lost in the third chunk, after the rows of that chunk have been written but before the commit."""
    path = sheet("a.csv", ["Company name"], *[[f"Company {number}"] for number in range(1200)])
    run = services.receive("companies", path, "a.csv", by=people.manager)
    services.start(run, by=people.manager)
    monkeypatch.setattr(runs, "CHUNK", 500)
    real, calls = companies.create_many, []

    def dies_once(rows, **options):
        made = real(rows, **options)
        calls.append(len(rows))
        if len(calls) == 3:
            raise ConnectionError("the worker is gone")
        return made

    monkeypatch.setattr(companies, "create_many", dies_once)
    run_jobs()
    run.refresh_from_db()
    assert (Company.objects.count(), run.rows, run.finished_at) == (1000, 1000, None)
    Job.objects.update(lease_until=None)
    run_jobs()
    run.refresh_from_db()
    assert (Company.objects.count(), run.created) == (1200, 1200)
    assert run.outcomes.filter(outcome="created").values("row").distinct().count() == 1200
    assert calls == [500, 500, 200, 200]


def test_started_twice_it_is_one_import(sheet, media, people, run_jobs):
    run = services.receive("companies", sheet("a.csv", ["Company name"], ["Acme"]), "a.csv", by=people.manager)
    for _time in range(2):
        services.start(run, by=people.manager)
    run_jobs()
    assert (Job.objects.filter(kind="imports.run").count(), Company.objects.count()) == (1, 1)


def test_a_trial_keeps_nothing(sheet, people, media):
    path = sheet("a.csv", ["Company name"], ["Acme"], ["Acme"])
    found = open_sheet(path)
    importer = importers["companies"]
    intake = Intake(importer, Mapping.guess(importer, found.headers), found.headers, by=people.manager, choice=Choice(), trying=True)
    with transaction.atomic():
        first = intake.take(list(islice(found.lines(), 1)))
        transaction.set_rollback(True)
    with transaction.atomic():
        second = intake.take(list(found.lines(after=2)))
        transaction.set_rollback(True)
    assert [row.outcome for row in (*first, *second)] == ["created", "duplicate"]
    assert not Company.objects.exists()


def test_the_uploaded_file_is_gone_once_it_is_taken_in(sheet, take_in, media, people):
    take_in("companies", sheet("a.csv", ["Company name"], ["Acme"]), by=people.manager)
    assert not list(media.glob("imports/*"))


def test_a_file_nobody_started_is_forgotten_after_a_week(sheet, media, people, at):
    at("2026-11-01 09:00")
    services.receive("companies", sheet("a.csv", ["Company name"], ["Acme"]), "a.csv", by=people.manager)
    at("2026-11-07 09:00")
    assert services.forget_unstarted() == 0
    at("2026-11-09 09:00")
    assert services.forget_unstarted() == 1
    assert not ImportRun.objects.exists()
    assert not list(media.glob("imports/*"))


def test_the_file_of_an_import_that_was_stopped_is_removed_after_a_week_and_its_report_stays(sheet, media, people, at):
    at("2026-11-01 09:00")
    run = services.receive("companies", sheet("a.csv", ["Company name"], ["Acme"]), "a.csv", by=people.manager)
    run = services.start(run, by=people.manager)
    jobs.cancel(run.job, by=people.manager)
    at("2026-11-07 09:00")
    assert services.forget_files() == 0
    at("2026-11-09 09:00")
    assert (services.forget_files(), services.forget_files()) == (1, 0)
    assert not list(media.glob("imports/*"))
    run.refresh_from_db()
    with pytest.raises(Invalid) as refusal:
        runs.sheet_of(run)
    assert refusal.value.code == "file_gone"
    # Its job is forgotten after a month; an import that brought something is told for ever.
    ImportRun.objects.update(job=None, rows=3)
    at("2027-01-09 09:00")
    assert services.forget_unstarted() == 0


def test_of_two_numbers_in_the_cell_of_a_switchboard_the_first_is_called_and_the_other_noted(sheet, take_in, people):
    header = ["Company name", "Telephone", "Notes"]
    rows = ["Acme", "0512-68881234/0512-68881235", "old friend"], ["Bolt", "0512-68881236;801", ""]
    assert take_in("companies", sheet("a.csv", header, *rows), by=people.manager).created == 2
    acme, bolt = Company.objects.order_by("name")
    assert (acme.phone, bolt.phone, bolt.notes) == ("+8651268881234", "+8651268881236;801", "")
    assert acme.notes.splitlines()[0] == "old friend"
    assert "0512-68881235" in acme.notes.splitlines()[1]


def test_a_doubtful_credit_code_is_taken_and_said(sheet, take_in, report, people):
    # The check character of 91350100M000100Y43 is 3.
    path = sheet("a.csv", ["Company name", "Tax ID"], ["Right", "91350100M000100Y43"], ["Doubtful", "91350100M000100Y4A"])
    run = take_in("companies", path, by=people.manager)
    assert (run.created, run.rejected) == (2, 0)
    assert [(line["row"], line["code"]) for line in report(run)["warnings"]] == [(3, "check_character")]
