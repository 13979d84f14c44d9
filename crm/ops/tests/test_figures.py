"""The figures behind the tiles, each against the real thing."""

import json
import socket
import threading
import uuid
from contextlib import closing, suppress
from datetime import timedelta
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest
import redis
from celery.schedules import crontab, schedule
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import translation

from crm.activity.models import Activity, Delivery, Pending
from crm.core import clock
from crm.jobs.models import Job
from crm.ops import broker, lag, periodic, queries, storage, versions
from crm.ops.embedded import urls
from crm.ops.storage import GIGABYTE, Room

# --- queue and dispatcher -----------------------------------------------------------------------------


@pytest.fixture
def mute(settings, monkeypatch, tmp_path):
    """A broker that takes every call and says nothing; the calls it took."""
    monkeypatch.setitem(broker._hung, "until", 0.0)
    taken, here = [], str(tmp_path / "mute.sock")
    with socket.socket(socket.AF_UNIX) as ear:
        ear.bind(here)
        ear.listen()
        threading.Thread(target=_take, args=(ear, taken), daemon=True).start()
        settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": f"unix://{here}"}}
        yield taken
        ear.shutdown(socket.SHUT_RDWR)


def _take(ear, taken):
    with suppress(OSError):
        while True:
            taken.append(ear.accept()[0])


def test_a_broker_that_hangs_is_waited_for_once_and_not_by_every_part_of_a_page(mute):
    for _part in range(4):
        with pytest.raises(redis.TimeoutError):
            broker.waiting()
    assert len(mute) == 1


def test_the_queue_is_told_with_the_age_of_its_oldest_message(at):
    now, queue = at("2026-11-20 09:00"), f"km-test-{uuid.uuid4()}"
    with closing(broker.client()) as line:
        assert broker.waiting(queue) == broker.Waiting(0)
        for minutes in (5, 2):  # Celery puts new ones in front
            line.lpush(queue, json.dumps({"headers": {"km_sent": (now - timedelta(minutes=minutes)).timestamp()}}))
        assert broker.waiting(queue) == broker.Waiting(2, timedelta(minutes=5))
        line.rpush(queue, "a message of another house")
        assert broker.waiting(queue) == broker.Waiting(3)
        line.delete(queue)


@pytest.fixture
def pending(people):
    """`pending(minutes)`: an event of so long ago that its readers have not had."""
    Pending.objects.all().delete()

    def make(minutes):
        kind = ContentType.objects.get_for_model(Job)
        when = clock.now() - timedelta(minutes=minutes)
        written = Activity.objects.create(at=when, actor=people.admin, verb="tests.done", kind=kind, object_id=1, via="page")
        Pending.objects.create(activity=written)
        return written

    return make


@pytest.mark.django_db
def test_the_dispatcher_is_as_far_behind_as_its_oldest_event(pending, at):
    at("2026-11-20 09:00")
    assert lag.state() == lag.Lag(0, None, 0)
    pending(7)
    assert lag.state().oldest == timedelta(minutes=7)


@pytest.mark.django_db
def test_an_event_about_a_day_long_gone_is_no_lag(pending, at):
    at("2026-11-20 09:00")
    pending(60 * 24 * 365)
    pending(1)
    assert lag.state() == lag.Lag(2, timedelta(minutes=1), 0)


@pytest.mark.django_db
def test_what_a_reader_could_not_take_is_counted_and_listed(pending):
    Delivery.objects.create(reader="letters", activity=pending(1), next_try=clock.now(), error="ValueError: no")
    assert lag.state().parked == 1
    assert [one.reader for one in lag.parked()] == ["letters"]


# --- storage ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_database_and_its_largest_tables_have_a_size():
    tables = storage.tables()
    assert len(tables) == 10
    assert [table.size for table in tables] == sorted((table.size for table in tables), reverse=True)
    assert storage.database() > sum(table.size for table in tables)


def test_files_are_weighed_with_all_that_lies_below(tmp_path):
    (tmp_path / "jobs/1").mkdir(parents=True)
    (tmp_path / "a").write_bytes(b"x" * 1000)
    (tmp_path / "jobs/1/b").write_bytes(b"x" * 234)
    assert storage.weigh(tmp_path) == (2, 1234)
    assert storage.weigh(tmp_path / "nothing") == (0, 0)


@pytest.mark.parametrize(
    ("free", "total", "tone"),
    [(40, 100, "ok"), (10, 100, "ok"), (9.9, 100, "warn"), (4.9, 20, "warn"), (2.9, 100, "bad"), (0.9, 10, "bad"), (100, 4000, "bad")],
)
def test_little_room_asks_for_a_look_and_very_little_for_action(free, total, tone):
    assert Room(round(total * GIGABYTE), round(free * GIGABYTE)).tone == tone


# --- slowest queries, versions ------------------------------------------------------------------------


def test_the_server_of_our_own_counts_its_statements(data_dir, services):
    services.start()
    parts = urlsplit(urls(data_dir)[0])
    with psycopg2.connect(host=unquote(parts.hostname), user=parts.username, dbname=parts.path[1:]) as line, line.cursor() as cursor:
        cursor.execute("CREATE EXTENSION pg_stat_statements")
        cursor.execute("SELECT pg_sleep(0.01)")
        cursor.execute("CREATE TABLE secret (name text)")
        cursor.execute(queries.SLOWEST_SQL, [5])
        rows = cursor.fetchall()
    assert rows[0][0] == "SELECT pg_sleep($1)"
    assert rows[0][1] == 1
    assert 0.01 <= rows[0][2] < 5
    assert not any("secret" in row[0] for row in rows)


@pytest.mark.django_db
def test_a_server_that_counts_nothing_says_why():
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION IF EXISTS pg_stat_statements")
    assert queries.slowest().reason == queries.MISSING
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS still_there (id int)")  # nothing failed on the way


@pytest.mark.django_db
def test_the_extension_is_added_where_we_may():
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION IF EXISTS pg_stat_statements")
    queries.begin_counting()
    queries.begin_counting()
    assert queries.slowest().reason in ("", queries.NOT_LOADED)


@pytest.mark.django_db
def test_versions_and_missing_steps_of_the_tables_are_named():
    found = versions.all_of_them()
    assert found["Keman"] == "0.1.0"
    assert found["PostgreSQL"].split(".")[0].isdecimal()
    assert versions.pending_migrations() == []
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'ops'")
    assert versions.pending_migrations() == ["ops.0001_runs_of_periodic_tasks"]


def test_the_version_is_that_of_the_newest_change(settings):
    heading = next(line for line in (settings.BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line.startswith("## "))
    assert heading.removeprefix("## ").split(",")[0] == versions.PRODUCT


# --- schedule in words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "english", "chinese"),
    [
        (schedule(30), "every 30 seconds", "每 30 秒"),
        (schedule(60), "every minute", "每 1 分钟"),
        (schedule(7200), "every 2 hours", "每 2 小时"),
        (crontab(hour=3, minute=5), "every day at 03:05", "每天 03:05"),
        (crontab(hour=1, minute=10, day_of_week="sun"), "every week on Sunday at 01:10", "每周日 01:10"),
        (crontab(hour=8, minute=30, day_of_week="fri,mon"), "every week on Monday, Friday at 08:30", "每周一、周五 08:30"),
        (crontab(minute=25), "every hour at minute 25", "每小时第 25 分钟"),
        (crontab(minute="*/5"), "*/5 * * * *", "*/5 * * * *"),
    ],
)
def test_a_schedule_is_told_in_the_words_of_the_reader(plan, english, chinese):
    with translation.override("en"):
        assert periodic.in_words(plan) == english
    with translation.override("zh-hans"):
        assert periodic.in_words(plan) == chinese


@pytest.mark.django_db
def test_every_periodic_task_has_a_name_in_both_languages():
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert all(task.title for task in periodic.everything())
    with translation.override("zh-hans"):
        assert [task.name for task in periodic.everything() if task.title == task.name] == []
