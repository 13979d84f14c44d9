"""What a line of the log says, as text and as JSON."""

import json
import logging
import sys

import pytest

from crm.core import context
from crm.core.logs import JsonFormatter, RequestIdFilter


def line(message="done %s", *args, level=logging.INFO, exc_info=None, **extra):
    record = logging.getLogger("crm.tests").makeRecord("crm.tests", level, __file__, 1, message, args, exc_info, extra=extra)
    RequestIdFilter().filter(record)
    return record


def test_a_line_is_one_json_object_with_what_is_known_of_the_request():
    with context.coming_by("page", "REQ12345", path="/deals/"):
        context.note(user=7)
        text = JsonFormatter().format(line("asked for\n%s", "客户", method="GET", status=200, duration_ms=35))
    assert "\n" not in text
    told = json.loads(text)
    assert told.pop("time").endswith("+00:00")
    assert told == {
        "level": "INFO", "logger": "crm.tests", "message": "asked for\n客户", "request_id": "REQ12345",
        "path": "/deals/", "user": 7, "method": "GET", "status": 200, "duration_ms": 35,
    }  # fmt: skip


def test_what_broke_stands_in_the_same_line():
    try:
        raise ZeroDivisionError("no")
    except ZeroDivisionError:
        text = JsonFormatter().format(line("broke", level=logging.ERROR, exc_info=sys.exc_info()))
    assert "\n" not in text
    assert "ZeroDivisionError: no" in json.loads(text)["exception"]


@pytest.mark.parametrize(("job", "trace"), [(None, "REQ12345"), ("J12", "REQ12345 J12")])
def test_a_line_for_people_names_the_request_and_the_job(job, trace):
    with context.coming_by("page", "REQ12345", **({"job": job} if job else {})):
        assert line().trace == trace
    assert line().trace == "-"
    with context.coming_by("page", "J12", job="J12"):
        assert line().trace == "J12"


def test_what_is_noted_inside_ends_with_it():
    with context.coming_by("page", "REQ12345", path="/a"):
        with context.coming_by("import", job="J1"):
            context.note(user=7)
            assert context.facts() == {"path": "/a", "job": "J1", "user": 7}
            assert context.request_id() == "REQ12345"
        assert context.facts() == {"path": "/a"}
    context.note(user=8)
    assert context.facts() == {}
