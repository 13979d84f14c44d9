"""The id of a request: made here or taken over, and found in the answer, the log and the jobs it starts."""

import logging
import re

import pytest
from django.test import Client

from crm.accounts import tokens
from crm.core import context
from crm.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    """The lines of the log of requests, each with what was known when it was written."""
    found = []

    class Keeping(logging.Handler):
        def emit(self, record):
            found.append({"message": record.getMessage(), "status": record.status, "request_id": context.request_id(), **context.facts()})

    log, handler = logging.getLogger("crm.requests"), Keeping()
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield found
    log.removeHandler(handler)
    log.setLevel(level)


def test_an_id_is_made_where_none_is_given():
    first, second = (Client().get("/healthz")["X-Request-Id"] for _time in range(2))
    assert re.fullmatch(r"[0-9A-F]{8}", first)
    assert first != second


def test_a_well_formed_id_of_a_proxy_is_taken_over():
    given = "7f3c0a9e-1b2d-4c5e-8f60-9a1b2c3d4e5f"
    assert Client().get("/healthz", headers={"x-request-id": given})["X-Request-Id"] == given


@pytest.mark.parametrize("given", ["short", "a" * 65, "-leading-dash", "with blank 1", "with\tlines", "<b>bold</b>", "汉字汉字汉字汉字"])
def test_any_other_is_not(given):
    assert re.fullmatch(r"[0-9A-F]{8}", Client().get("/healthz", headers={"x-request-id": given.encode().decode("latin-1")})["X-Request-Id"])


def test_a_request_is_one_line_with_its_id_its_person_and_its_path_but_no_query(people, signed_in, lines):
    signed_in(people.admin).get("/jobs/?q=secret", headers={"x-request-id": "REQUEST-1"})
    assert lines == [{"message": "GET /jobs/ 200", "status": 200, "request_id": "REQUEST-1", "path": "/jobs/", "user": people.admin.pk}]


def test_a_program_is_named_by_the_person_of_its_token(people, lines):
    _token, secret = tokens.issue(user=people.rep_a, name="tests", scopes=["*:read"])
    Client().get("/api/v1/companies/", headers={"authorization": f"Bearer {secret}"})
    assert [line["user"] for line in lines] == [people.rep_a.pk]


def test_the_job_that_a_request_starts_has_its_id(people):
    Client().post("/accounts/password/reset/", {"email": people.rep_a.email}, headers={"x-request-id": "REQUEST-2"})
    assert Job.objects.get().request_id == "REQUEST-2"
