"""How long pages take: counted cheaply, read back truly."""

import uuid
from collections import Counter
from contextlib import closing

import pytest
from django.test import override_settings

from crm.core import clock
from crm.ops import broker, timings
from crm.ops.timings import Book, speed_of, step_of, upper

NOWHERE = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "unix:///nowhere/valkey.sock"}}


@pytest.fixture
def book():
    """A book of its own on the real server, gone after the test."""
    book = Book(f"km-test:{uuid.uuid4()}")
    yield book
    with closing(broker.client()) as line:
        for key in line.scan_iter(f"{book.prefix}*"):
            line.delete(key)


@pytest.mark.parametrize("seconds", [0.001, 0.0035, 0.2, 1.0, 7.77, 61.0])
def test_a_step_is_never_too_low_and_at_most_a_tenth_too_high(seconds):
    assert seconds <= upper(step_of(seconds)) * 1.000001
    assert upper(step_of(seconds)) <= seconds * 1.1001


def test_nothing_and_less_than_a_millisecond_count_as_one():
    assert step_of(0) == step_of(0.0004) == step_of(0.001) == 0


def test_median_95th_percentile_and_longest_are_read_from_the_counts():
    speed = speed_of("GET x", Counter({step_of(0.1): 90, step_of(1.0): 9, step_of(5.0): 1}))
    assert speed.count == 100
    assert 0.1 <= speed.median <= 0.11
    assert 1.0 <= speed.p95 <= 1.1
    assert 5.0 <= speed.longest <= 5.5


def test_what_two_processes_counted_is_one_sum_the_slowest_page_first(book):
    other = Book(book.prefix)
    for _time in range(3):
        book.record("GET a", 200, 0.01)
        other.record("GET a", 200, 0.01)
    other.record("GET b", 500, 2.0)
    book.hand_over()
    other.hand_over()
    assert [(speed.page, speed.count) for speed in book.speeds()] == [("GET b", 1), ("GET a", 6)]
    steps, answers = book.totals()
    assert answers == {"GET a|2xx": 6, "GET a|ms": 60, "GET b|5xx": 1, "GET b|ms": 2000}
    assert {page: sum(counts.values()) for page, counts in steps.items()} == {"GET a": 6, "GET b": 1}


def test_counts_are_handed_over_every_ten_seconds_and_not_with_each_request(book):
    book.record("GET a", 200, 0.01)
    assert book.speeds() == []
    book.handed_over = clock.monotonic() - 11
    book.record("GET a", 200, 0.01)
    assert [speed.count for speed in book.speeds()] == [2]


def test_a_day_later_a_page_is_no_longer_told_and_counters_still_are(book, at):
    at("2026-11-20 09:00")
    book.record("GET a", 200, 0.01)
    book.hand_over()
    at("2026-11-21 08:59")
    assert [speed.page for speed in book.speeds()] == ["GET a"]
    at("2026-11-21 10:00")
    assert book.speeds() == []
    assert book.totals()[1]["GET a|2xx"] == 1


def test_while_the_broker_is_away_nothing_is_lost(book):
    book.record("GET a", 200, 0.01)
    with override_settings(CACHES=NOWHERE):
        book.hand_over()
    book.hand_over()
    assert [speed.count for speed in book.speeds()] == [1]


@pytest.fixture
def counted(book):
    """The book of the process is this one for the test."""
    before, timings.book = timings.book, book
    yield book
    timings.book = before


@pytest.mark.django_db
def test_a_page_counts_under_its_method_and_name_and_inventions_under_one(counted, client, people, signed_in):
    signed_in(people.admin).get("/jobs/")
    client.get("/customers/companies/987654321/")
    client.get("/wp-login.php")
    client.get("/.env")
    client.generic("BREW", "/jobs/")
    client.get("/static/none.css")
    assert {name.rpartition("|")[0]: number for name, number in counted.answers.items() if not name.endswith("|ms")} == {
        "GET jobs:list": 1, "GET customers:companies:detail": 1, "GET -": 2, "other jobs:list": 1,
    }  # fmt: skip
