"""The pages of background jobs."""

import pytest
from django.test import Client

from crm.jobs import services
from crm.jobs.models import Job
from crm.jobs.tests import kinds_for_tests  # noqa: F401 - registers them

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def job(people):
    return services.start("tests.steps", by=people.rep_a)


def test_the_progress_asks_again_until_the_job_is_over(job, people, signed_in, run_jobs):
    browser = signed_in(people.rep_a)
    page = browser.get(f"/jobs/{job.pk}/").content.decode()
    assert f'hx-get="/jobs/{job.pk}/" hx-trigger="every 1s"' in page
    run_jobs()
    fragment = browser.get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "hx-trigger" not in fragment
    assert "40 / 40" in fragment


def test_a_job_is_shown_to_its_starter_and_to_administrators(job, people, signed_in):
    assert signed_in(people.rep_b).get(f"/jobs/{job.pk}/").status_code == 404
    assert signed_in(people.lead_east).get(f"/jobs/{job.pk}/").status_code == 404
    assert signed_in(people.admin).get(f"/jobs/{job.pk}/").status_code == 200


def test_the_starter_reads_a_sentence_and_the_administrator_the_reason(people, signed_in, run_jobs, at):
    at("2026-11-20 09:00")
    job = services.start("tests.breaks", by=people.rep_a)
    Job.objects.filter(pk=job.pk).update(attempts=4)
    run_jobs()
    page = signed_in(people.rep_a).get(f"/jobs/{job.pk}/").content.decode()
    assert f"J{job.pk}" in page
    assert "ZeroDivisionError" not in page
    assert "ZeroDivisionError" in signed_in(people.admin).get(f"/jobs/{job.pk}/").content.decode()


def test_stopping_a_job_leads_back_to_its_page(job, people, signed_in):
    answer = signed_in(people.rep_a).post(f"/jobs/{job.pk}/cancellation/")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/jobs/{job.pk}/")
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert signed_in(people.rep_b).post(f"/jobs/{job.pk}/cancellation/").status_code == 404
    assert signed_in(people.rep_a).get(f"/jobs/{job.pk}/cancellation/").status_code == 405


def test_the_file_is_for_the_starter_alone_and_is_never_shown_in_the_page(people, signed_in, run_jobs, tmp_path):
    job = services.start("tests.file", by=people.rep_a)
    address = f"/jobs/{job.pk}/file/"
    assert signed_in(people.rep_a).get(address).status_code == 404
    run_jobs()
    answer = signed_in(people.rep_a).get(address)
    assert b"".join(answer.streaming_content) == b"name\n"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "no-store" in answer.headers["Cache-Control"]
    assert signed_in(people.admin).get(address).status_code == 404
    assert [file.name for file in tmp_path.rglob("*") if "客户" in file.name] == []


def test_a_list_shows_only_my_jobs(job, people, signed_in):
    assert f"/jobs/{job.pk}/" in signed_in(people.rep_a).get("/jobs/").content.decode()
    assert f"/jobs/{job.pk}/" not in signed_in(people.admin).get("/jobs/").content.decode()


def test_nobody_looks_in_without_signing_in(job):
    for address in ("/jobs/", f"/jobs/{job.pk}/", f"/jobs/{job.pk}/file/"):
        assert Client().get(address).status_code == 302
