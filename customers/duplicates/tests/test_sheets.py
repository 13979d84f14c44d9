"""A spreadsheet is searched for duplicates in the browser, before it is imported."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from crm.core import clock
from crm.importexport import files
from crm.importexport import services as imports
from crm.jobs import services as jobs
from crm.jobs.models import Job
from customers.companies.models import Company
from customers.duplicates import sheetjobs
from customers.duplicates.tasks import tidy

pytestmark = pytest.mark.django_db
PAGE = "/customers/duplicates/sheets/"


def sheet(name="客户.csv"):
    """Forty firms; the last row is the first one written otherwise."""
    lines = [f"{number},苏州{'金木水火土日月'[number % 7]}{'达通远博恒瑞'[number % 6]}机械有限公司,0512-6888{number:04d}" for number in range(40)]
    lines.append("99,苏州市金达机械,0512 6888 0000")
    return SimpleUploadedFile(name, "\n".join(["编号,厂家,联系方式", *lines]).encode("gb18030"))


def columns_page(browser, **files):
    answer = browser.post(PAGE, files)
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"]


def test_an_uploaded_sheet_gives_a_file_of_pairs_and_changes_nothing(people, signed_in):
    browser = signed_in(people.rep_a)
    url = columns_page(browser, file=sheet())
    assert re.search(r'<option value="company" selected>', browser.get(url).content.decode())
    started = browser.post(url, {"column-0-0": "ref", "column-0-1": "company", "column-0-2": "phone"})
    jobs.work_all()
    job = Job.objects.get(kind="duplicates.sheet")
    assert started["Location"] == f"/jobs/{job.pk}/"
    content = b"".join(browser.get(f"/jobs/{job.pk}/file/").streaming_content).decode()
    pairs = [(row["left_ref"], row["right_ref"], row["decision"]) for row in csv.DictReader(io.StringIO(content))]
    assert ("0", "99", "same") in pairs
    assert not Company.objects.exists()


def test_a_ticket_is_no_use_to_anybody_else(people, signed_in):
    url = columns_page(signed_in(people.rep_a), file=sheet())
    assert signed_in(people.rep_c).get(url).status_code == 404
    assert signed_in(people.rep_a).get(url + "x").status_code == 404


def test_a_file_that_is_no_sheet_is_refused_in_one_sentence(people, in_english):
    answer = in_english(people.rep_a).post(PAGE, {"file": SimpleUploadedFile("a.xlsx", b"\x00\x01\x02 rubbish")})
    assert answer.status_code == 422
    assert "km-error" in answer.content.decode() or "alert" in answer.content.decode()


def test_sheets_that_were_never_searched_are_forgotten_after_a_week_and_no_others(people, signed_in, media, at):
    browser = signed_in(people.rep_a)
    url, waiting = columns_page(browser, file=sheet()), columns_page(browser, file=sheet())
    browser.post(waiting, {"column-0-0": "ref", "column-0-1": "company", "column-0-2": "phone"})
    run = imports.receive("companies", sheet(), "a.csv", by=people.manager)
    assert len(files.kept()) == 3
    at(clock.now() + timedelta(days=6))
    tidy()
    assert len(files.kept()) == 3
    at(clock.now() + timedelta(days=2))
    assert sheetjobs.forget_unstarted() == 1
    assert files.path_of(run.token).is_file()
    assert browser.get(url).status_code in (302, 404)
    jobs.work_all()
    assert Job.objects.get(kind="duplicates.sheet").state == "done"
