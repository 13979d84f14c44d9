"""The page of operations: one glance, the figures behind it, and what may be started by hand."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from crm.activity.models import Activity
from crm.core import clock
from crm.core.errors import Conflict, NotAllowed
from crm.jobs.models import Job
from crm.jobs.tests import kinds_for_tests  # noqa: F401 - registers them
from crm.ops import glances, heartbeats, periodic, services, tiles
from crm.ops.glances import ATTENTION, BAD, OK, Glance, State
from crm.ops.models import TaskRun

pytestmark = pytest.mark.django_db
NOWHERE = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "unix:///nowhere/valkey.sock"}}
SWEEP = "jobs: pick up what a lost worker left"


@pytest.fixture
def job(people):
    """`job("failed", error="…")`: a job of the system's own user."""

    def make(state, kind="tests.steps", **values):
        now = clock.now()
        ended = state in ("done", "failed", "cancelled")
        return Job.objects.create(kind=kind, state=state, actor=people.system, **{"started_at": now, "finished_at": now if ended else None} | values)

    return make


@pytest.fixture
def alive():
    """Every process gives a sign of life."""
    keys = [f"alive:{process}" for process in heartbeats.PROCESSES]
    cache.set_many(dict.fromkeys(keys, 1), 60)
    yield
    cache.delete_many(keys)


def test_administrators_and_whoever_keeps_the_backups_see_the_page_and_nobody_else(people, make_user, signed_in, client):
    assert signed_in(people.admin).get("/operations/").status_code == 200
    assert signed_in(make_user("backup")).get("/operations/").status_code == 200
    for person in (people.manager, people.rep_a, people.finance):
        assert signed_in(person).get("/operations/").status_code == 403


def test_the_page_has_a_tile_and_a_section_for_each_part(people, signed_in):
    page = signed_in(people.admin).get("/operations/").content.decode()
    for name in ("jobs", "schedule", "queues", "dispatcher", "mail", "storage", "pages", "versions"):
        assert f'id="tile-{name}"' in page
        assert f'id="{name}"' in page
    assert 'id="queries"' in page
    assert "webhook" not in page


def test_a_part_above_adds_its_own_tile_and_one_that_breaks_takes_nothing_else_along(people, signed_in):
    def breaks(actor):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")

    glances.glances.add("tests", Glance("Backups", lambda actor: State(OK, f"Fine, {actor}.", "#jobs"), 1))
    glances.glances.add("tests broken", Glance("Broken", breaks, 2))
    try:
        page = signed_in(people.admin).get("/operations/")
    finally:
        del glances.glances._things["tests"], glances.glances._things["tests broken"]
    assert page.status_code == 200
    assert f"Fine, {people.admin}." in page.content.decode()
    assert [tile.state.tone for tile in page.context["tiles"]][:2] == [OK, BAD]
    assert page.context["tone"] == BAD


@pytest.mark.usefixtures("nothing_ages")
def test_a_longer_past_takes_no_more_statements(people, signed_in, job):
    client = signed_in(people.admin)

    def statements():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/operations/").status_code == 200
        return len(captured)

    job("done")
    services.end(services.begin("crm.jobs.tasks.sweep"))
    statements()
    few = statements()
    for _time in range(20):
        job("done", kind=f"tests.{_time}")
        services.end(services.begin("crm.jobs.tasks.tidy"))
    assert statements() == few


def test_without_the_broker_the_page_stands_and_says_what_to_do(people, signed_in):
    with override_settings(CACHES=NOWHERE):
        page = signed_in(people.admin).get("/operations/")
    states = {tile.name: tile.state for tile in page.context["tiles"]}
    assert states["queues"].tone == BAD
    assert "Valkey" in str(states["queues"].sentence)
    assert states["jobs"].tone == OK


def test_failed_jobs_of_the_last_day_ask_for_a_look(people, job):
    assert tiles.jobs(people.admin).tone == OK
    job("failed", finished_at=clock.now() - timedelta(hours=25))
    assert tiles.jobs(people.admin).tone == OK
    job("failed")
    assert (tiles.jobs(people.admin).tone, tiles.jobs(people.admin).url) == (ATTENTION, "/operations/jobs/?state=failed")


def test_a_job_that_no_worker_takes_is_bad(people, job):
    job("queued", created_at=clock.now() - timedelta(minutes=9))
    assert tiles.jobs(people.admin).tone == OK
    job("queued", created_at=clock.now() - timedelta(minutes=11))
    assert tiles.jobs(people.admin).tone == BAD


def test_silent_processes_are_bad_and_named(people, alive):
    assert tiles.queues(people.admin).tone == OK
    cache.delete("alive:scheduler")
    assert tiles.queues(people.admin).tone == BAD
    cache.delete("alive:worker")
    assert "manage.py up" in str(tiles.queues(people.admin).sentence)
    assert tiles.dispatcher(people.admin).tone == OK
    cache.delete("alive:dispatcher")
    assert tiles.dispatcher(people.admin).tone == BAD


def test_letters_that_failed_and_a_missing_server_ask_for_a_look(people, job, settings):
    assert tiles.mail(people.admin).tone == ATTENTION
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "mail.keman.example"
    job("done", kind="mail.letter")
    job("done", kind="mail.reset", finished_at=clock.now() - timedelta(days=2))
    assert tiles.mail(people.admin).tone == OK
    assert "mail.keman.example" in tiles.mail(people.admin).sentence
    assert "1" in tiles.mail(people.admin).sentence
    job("failed", kind="mail.letter")
    assert tiles.mail(people.admin).tone == ATTENTION


# --- jobs ---------------------------------------------------------------------------------------------


def test_the_jobs_of_the_house_are_narrowed_by_kind_and_state_and_come_in_pages_by_key(people, signed_in, job):
    client = signed_in(people.admin)
    for _time in range(51):
        job("done")
    broken = job("failed", kind="tests.breaks", error="ZeroDivisionError: a secret")
    first = client.get("/operations/jobs/")
    assert first.context["rows"][0]["job"] == broken
    assert len(first.context["rows"]) == 50
    rest = client.get("/operations/jobs/" + first.context["next_url"])
    assert len(rest.context["rows"]) == 2
    assert not rest.context["next_url"]
    narrowed = client.get("/operations/jobs/?state=failed&kind=tests.breaks")
    assert [row["job"] for row in narrowed.context["rows"]] == [broken]
    assert "ZeroDivisionError" in narrowed.content.decode()
    assert client.get("/operations/jobs/?before=x&state=nonsense").status_code == 200
    assert client.get("/operations/jobs/?kind=%00").context["rows"] == []


@pytest.mark.usefixtures("nothing_ages")
def test_a_longer_list_of_jobs_takes_no_more_statements(people, signed_in, job):
    client = signed_in(people.admin)

    def statements():
        with CaptureQueriesContext(connection) as captured:
            client.get("/operations/jobs/")
        return len(captured)

    job("done")
    statements()
    few = statements()
    for _time in range(10):
        job("failed")
    assert statements() == few


def test_who_may_not_see_all_jobs_sees_the_own_ones_in_the_list(make_user, signed_in, job, people):
    job("done")
    keeper = make_user("backup")
    own = Job.objects.create(kind="tests.steps", actor=keeper)
    page = signed_in(keeper).get("/operations/jobs/")
    assert [row["job"] for row in page.context["rows"]] == [own]


def test_a_failed_job_is_tried_again_from_the_list(people, signed_in, job):
    failed = job("failed")
    answer = signed_in(people.admin).post(f"/jobs/{failed.pk}/retry/", {"next": "/operations/jobs/?state=failed"})
    assert (answer.status_code, answer["Location"]) == (303, "/operations/jobs/?state=failed")
    assert Job.objects.get(pk=failed.pk).state == "queued"
    assert signed_in(people.admin).post(f"/jobs/{failed.pk}/retry/").status_code == 409


# --- schedule -----------------------------------------------------------------------------------------


def test_a_periodic_task_that_is_asked_for_is_written_down_with_who_asked(people):
    run = services.run_now(periodic.named(SWEEP), by=people.admin)
    assert (run.task, run.asked_by, run.started_at) == ("crm.jobs.tasks.sweep", people.admin, None)
    written = Activity.objects.get(verb="operations.task_run")
    assert (written.actor, written.object_id, written.data) == (people.admin, run.pk, {"name": SWEEP})
    assert periodic.named(SWEEP).state == "waiting"


def test_it_is_asked_for_once_at_a_time(people):
    services.run_now(periodic.named(SWEEP), by=people.admin)
    with pytest.raises(Conflict):
        services.run_now(periodic.named(SWEEP), by=people.admin)
    services.end(services.begin("crm.jobs.tasks.sweep", TaskRun.objects.get().pk))
    assert services.run_now(periodic.named(SWEEP), by=people.admin).pk


def test_one_whose_worker_died_stands_in_nobodys_way(people):
    lost = services.run_now(periodic.named(SWEEP), by=people.admin)
    TaskRun.objects.update(asked_at=clock.now() - timedelta(hours=3), started_at=clock.now() - timedelta(hours=3))
    assert periodic.named(SWEEP).state == "lost"
    services.run_now(periodic.named(SWEEP), by=people.admin)
    assert TaskRun.objects.get(pk=lost.pk).error == "its worker died"


def test_only_administrators_start_one(people, make_user, signed_in):
    with pytest.raises(NotAllowed):
        services.run_now(periodic.named(SWEEP), by=make_user("backup"))
    assert not TaskRun.objects.exists()
    assert "Run now" not in signed_in(make_user("backup", language="en")).get("/operations/").content.decode()


def test_the_button_leads_back_to_the_schedule_and_a_made_up_name_leads_nowhere(people, signed_in):
    client = signed_in(people.admin)
    answer = client.post("/operations/schedule/run/", {"name": SWEEP})
    assert (answer.status_code, answer["Location"]) == (303, "/operations/#schedule")
    assert client.post("/operations/schedule/run/", {"name": "rm"}).status_code == 404
    assert client.post("/operations/schedule/run/", {"name": SWEEP}).status_code == 409


def test_how_a_run_ended_is_seen(at):
    at("2026-11-20 09:00")
    run = services.begin("crm.jobs.tasks.sweep")
    assert periodic.named(SWEEP).state == "running"
    at("2026-11-20 09:01")
    services.end(run, "ValueError: no")
    found = periodic.named(SWEEP)
    assert (found.state, found.last.seconds, found.last.error) == ("failed", 60, "ValueError: no")
    assert tiles.schedule(None).tone == ATTENTION


def test_of_each_task_the_newest_fifty_runs_are_kept():
    other = services.begin("crm.jobs.tasks.tidy")
    for _time in range(53):
        run = services.begin("crm.jobs.tasks.sweep")
        services.end(run)
    kept = TaskRun.objects.filter(task="crm.jobs.tasks.sweep").order_by("-pk")
    assert len(kept) == 50
    assert kept[0] == run
    assert TaskRun.objects.filter(pk=other.pk).exists()


def test_a_task_that_should_have_run_is_late_and_one_that_never_ran_is_not():
    assert periodic.named(SWEEP).state == "new"
    run = services.begin("crm.jobs.tasks.sweep")
    services.end(run)
    assert periodic.named(SWEEP).state == "done"
    TaskRun.objects.update(started_at=clock.now() - timedelta(minutes=20))
    assert periodic.named(SWEEP).state == "late"
    assert tiles.schedule(None).tone == ATTENTION
