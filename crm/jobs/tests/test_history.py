"""How jobs have gone, in figures."""

from datetime import timedelta

import pytest

from crm.core import clock
from crm.jobs import history
from crm.jobs.models import Job
from crm.jobs.tests import kinds_for_tests  # noqa: F401 - registers them

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(people):
    """A job that took so many seconds and ended so."""

    def tell(kind, state, seconds=None):
        began = clock.now() - timedelta(hours=1)
        ended = began + timedelta(seconds=seconds) if seconds is not None else None
        return Job.objects.create(kind=kind, actor=people.rep_a, state=state, started_at=began if ended else None, finished_at=ended)

    return tell


def test_a_kind_is_told_with_its_numbers_the_median_of_those_done_and_the_last_one(told):
    for seconds in (2, 4, 90):
        told("tests.steps", "done", seconds)
    told("tests.steps", "failed", 7)
    told("tests.steps", "queued")
    told("tests.steps", "cancelled", 500)
    [found] = history.by_kind()
    assert (found.waiting, found.running, found.done, found.failed) == (1, 0, 3, 1)
    assert (found.median, found.last, found.last_state) == (4.0, 7.0, "failed")
    assert found.title == "Steps"


def test_a_kind_without_a_finished_job_has_no_duration(told):
    told("tests.gone", "running")
    [found] = history.by_kind()
    assert (found.median, found.last, found.last_state, found.last_at, found.title) == (None, None, None, None, "tests.gone")


def test_the_kind_with_the_newest_job_comes_first(told):
    for kind in ("tests.steps", "tests.file", "tests.steps"):
        told(kind, "done", 1)
    assert [found.kind for found in history.by_kind()] == ["tests.steps", "tests.file"]


def test_a_job_takes_from_its_first_try_to_its_end(told):
    assert history.seconds_of(told("tests.steps", "done", 12)) == 12
    assert history.seconds_of(told("tests.steps", "queued")) is None
