"""What the health page answers, with real services away or present."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import override_settings

from crm.ops import heartbeats

NOWHERE = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "unix:///nowhere/valkey.sock"}}


@pytest.fixture
def no_database(django_db_blocker):
    """The database's socket folder is gone, as far as this process can see."""
    with django_db_blocker.unblock():
        connection.close()
        before, connection.settings_dict["HOST"] = connection.settings_dict["HOST"], "/nowhere"
        yield
        connection.close()
        connection.settings_dict["HOST"] = before


@pytest.fixture
def signs():
    """Start without any process having given a sign of life."""
    keys = [f"alive:{process}" for process in heartbeats.PROCESSES]
    cache.delete_many(keys)
    heartbeats._last.clear()
    yield
    cache.delete_many(keys)
    heartbeats._last.clear()


@pytest.mark.django_db
def test_a_house_whose_worker_and_scheduler_are_silent_still_serves_pages(client, signs):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "broker": "ok", "worker": "silent", "scheduler": "silent"}


@pytest.mark.django_db
def test_a_sign_of_life_shows_for_the_process_that_gave_it(client, signs):
    heartbeats.alive("worker")
    assert client.get("/healthz").json() == {"database": "ok", "broker": "ok", "worker": "ok", "scheduler": "silent"}


def test_without_the_database_it_answers_503_and_says_only_that(client, no_database):
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "away"
    assert set(answer.json()) == {"database", "broker", "worker", "scheduler"}


@pytest.mark.django_db
def test_without_the_broker_pages_are_still_served(client):
    with override_settings(CACHES=NOWHERE):
        answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "broker": "away", "worker": "unknown", "scheduler": "unknown"}


@pytest.mark.django_db
def test_it_costs_one_statement_and_needs_no_sign_in(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_a_sign_that_cannot_be_left_stops_nobody(signs):
    with override_settings(CACHES=NOWHERE):
        heartbeats.alive("worker")
    heartbeats._last.clear()
    assert heartbeats.living() == set()
