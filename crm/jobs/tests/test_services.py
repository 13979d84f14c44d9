"""Jobs: each step once, whatever happens to the worker."""

from datetime import timedelta

import pytest
from celery import Celery, current_app
from django.db import transaction

from crm.activity.models import Activity
from crm.core import clock, context
from crm.core.errors import NotAllowed, WrongState
from crm.jobs import services, wake
from crm.jobs.models import Job
from crm.jobs.running import Run, Stopped
from crm.jobs.tests import kinds_for_tests  # noqa: F401 - registers them
from crm.notifications.models import Notice
from crm.testing.external import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def rep(people):
    return people.rep_a


def steps_done(job):
    return list(Notice.objects.filter(key__startswith=f"{job.pk}-").order_by("pk").values_list("facts__step", flat=True))


def test_a_job_runs_to_its_end_and_keeps_its_count_words_and_result(rep, run_jobs):
    job = services.start("tests.steps", by=rep)
    assert run_jobs() == 1
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.note) == ("done", 40, 40, "step 40")
    assert job.result == {"steps": 40}
    assert steps_done(job) == list(range(40))


def test_a_job_works_in_the_name_the_language_and_by_the_path_of_its_starter(rep, run_jobs):
    rep.language = "en"
    rep.save()
    with context.coming_by("import"):
        job = services.start("tests.steps", by=rep)
    run_jobs()
    finished = Activity.objects.get(verb="jobs.finished", object_id=job.pk)
    assert (job.language, finished.via, finished.actor) == ("en", "import", rep)


def test_a_job_of_a_request_that_fails_was_never_started(rep):
    def breaks():
        with transaction.atomic():
            services.start("tests.steps", by=rep)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks()
    assert not Job.objects.exists()


def test_a_job_is_claimed_by_one_worker_until_its_lease_ends(rep, at):
    at("2026-11-20 09:00:00")
    job = services.start("tests.steps", by=rep)
    assert services.claim(job.pk).attempts == 1
    assert services.claim(job.pk) is None
    at("2026-11-20 09:00:59")
    assert services.claim(job.pk) is None
    at("2026-11-20 09:01:00")
    assert services.claim(job.pk).attempts == 2


def test_progress_renews_the_lease(rep, at):
    at("2026-11-20 09:00:00")
    run = Run(services.claim(services.start("tests.steps", by=rep).pk), 60)
    at("2026-11-20 09:00:50")
    run.progress(1, 40)
    at("2026-11-20 09:01:30")
    assert services.claim(run.job.pk) is None


def test_a_worker_taken_for_dead_stops_at_its_next_step_and_leaves_nothing_of_it(rep, at):
    at("2026-11-20 09:00:00")
    slow = Run(services.claim(services.start("tests.steps", by=rep).pk), 60)
    at("2026-11-20 09:02:00")
    assert services.claim(slow.job.pk) is not None
    assert slow.cancelled
    with pytest.raises(Stopped), slow.step(done=1):
        Notice.objects.create(user=rep, code="tests.step", key="late")
    assert not Notice.objects.filter(key="late").exists()


def test_a_step_that_fails_takes_its_cursor_with_it(rep):
    run = Run(services.claim(services.start("tests.steps", by=rep).pk), 60)

    def breaks():
        with run.step(done=7):
            run.cursor["next"] = 7
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks()
    assert Job.objects.get(pk=run.job.pk).cursor == {}


def test_a_refusal_ends_the_job_with_its_sentence_and_is_not_tried_again(rep, run_jobs):
    job = services.start("tests.refuses", by=rep)
    assert run_jobs() == 1
    job.refresh_from_db()
    assert (job.state, job.message, job.attempts) == ("failed", "This cannot be done today.", 1)


def test_a_poison_job_is_given_up_after_five_tries_with_growing_pauses(rep, at, run_jobs):
    moment = at("2026-11-20 09:00")
    job = services.start("tests.breaks", by=rep)
    pauses = []
    for _try in range(5):
        assert run_jobs() == 1
        job.refresh_from_db()
        if job.state == "queued":
            pauses.append(int((job.lease_until - clock.now()).total_seconds()))
            moment = at(moment + timedelta(seconds=pauses[-1]))
    assert pauses == [20, 40, 80, 160]
    assert (job.state, job.attempts) == ("failed", 5)
    assert job.code in job.message
    assert "ZeroDivisionError" in job.error
    assert "secret" not in job.message
    at("2026-11-21 09:00")
    assert run_jobs() == 0


def test_a_job_whose_worker_dies_every_time_is_given_up_too(rep, at):
    moment = at("2026-11-20 09:00")
    job = services.start("tests.steps", by=rep)
    for _try in range(5):
        assert services.claim(job.pk) is not None
        moment = at(moment + timedelta(minutes=2))
    assert services.claim(job.pk) is None
    job.refresh_from_db()
    assert job.state == "failed"


def test_tries_count_only_since_the_job_last_got_ahead(rep, at):
    moment = at("2026-11-20 09:00")
    job = services.start("tests.steps", by=rep)
    for number in range(8):
        run = Run(services.claim(job.pk), 60)
        with run.step(done=number + 1):
            run.cursor["next"] = number + 1
        moment = at(moment + timedelta(minutes=2))
    job.refresh_from_db()
    assert (job.state, job.attempts, job.done) == ("running", 1, 8)


def test_a_cancelled_job_undoes_the_step_it_is_at(rep, run_jobs):
    job = services.start("tests.cancels_itself", by=rep)
    run_jobs()
    job.refresh_from_db()
    assert job.done == 0
    assert not Notice.objects.filter(key="undone").exists()


def test_cancelling_is_for_the_starter_and_for_jobs_that_are_not_over(people, run_jobs):
    job = services.start("tests.steps", by=people.rep_a)
    with pytest.raises(NotAllowed):
        services.cancel(job, by=people.rep_b)
    assert services.cancel(job, by=people.rep_a).state == "cancelled"
    assert services.cancel(job, by=people.rep_a).state == "cancelled"
    assert run_jobs() == 0
    done = services.start("tests.steps", by=people.rep_a)
    run_jobs()
    with pytest.raises(WrongState):
        services.cancel(done, by=people.rep_a)


def test_an_unknown_kind_fails_instead_of_blocking_the_queue(rep, run_jobs):
    Job.objects.create(kind="gone", actor=rep)
    job = services.start("tests.steps", by=rep)
    run_jobs()
    assert Job.objects.get(pk=job.pk).state == "done"
    assert Job.objects.get(kind="gone").state == "failed"


def test_a_month_later_a_job_and_its_file_are_forgotten_and_no_other(rep, at, run_jobs, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    at("2026-10-01 09:00")
    services.start("tests.file", by=rep)
    run_jobs()
    at("2026-11-01 09:00")
    young = services.start("tests.file", by=rep)
    run_jobs()
    assert services.forget_old() == 1
    assert list(Job.objects.all()) == [young]
    assert [folder.name for folder in (tmp_path / "jobs").iterdir()] == [str(young.pk)]


def test_fifty_workers_claim_ten_jobs_once_each(people, run_together):
    wanted = {services.start("tests.steps", by=people.rep_a).pk for _number in range(10)}
    claimed = [job.pk for job in run_together(lambda number: services.claim(), 50) if job is not None]
    assert sorted(claimed) == sorted(wanted)


@pytest.fixture
def away(monkeypatch):
    """The application as it is, but for a broker at an address where nobody answers; connections of other tests stay as they are."""
    ours = current_app._get_current_object()
    dead = Celery("away")
    dead.config_from_object("django.conf:settings", namespace="CELERY")
    dead.conf.broker_url = f"redis://127.0.0.1:{free_port()}/0"
    monkeypatch.setitem(wake._silent, "until", 0.0)
    yield
    ours.set_current()
    dead.close()


def test_a_page_goes_on_when_the_broker_is_away(people, committed, away, caplog):
    began = clock.monotonic()
    job = services.start("tests.steps", by=people.rep_a)
    assert clock.monotonic() - began < 3
    assert "the broker is away" in caplog.text
    assert Job.objects.get(pk=job.pk).state == "queued"


@pytest.fixture
def failed(rep, run_jobs):
    job = services.start("tests.breaks", by=rep)
    for _try in range(services.TRIES):
        Job.objects.filter(pk=job.pk).update(lease_until=None)
        run_jobs()
    job.refresh_from_db()
    assert job.state == "failed"
    return job


def test_a_failed_job_that_is_tried_again_goes_on_behind_its_last_step_with_all_its_tries(rep, run_jobs):
    job = services.start("tests.steps", by=rep)
    Job.objects.filter(pk=job.pk).update(state="failed", attempts=5, cursor={"next": 30}, done=30, finished_at=clock.now(), message="No.")
    job = services.retry(job, by=rep)
    assert (job.state, job.attempts, job.message, job.finished_at) == ("queued", 0, "", None)
    assert run_jobs() == 1
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 40)
    assert steps_done(job) == list(range(30, 40))


def test_trying_again_is_in_the_book_with_who_did_it_and_what_had_gone_wrong(failed, people):
    services.retry(failed, by=people.admin)
    written = Activity.objects.get(verb="jobs.retried", object_id=failed.pk)
    assert written.actor == people.admin
    assert written.data == {"kind": "tests.breaks", "error": "ZeroDivisionError: a secret of the code"}


@pytest.mark.parametrize("state", ["queued", "running", "done", "cancelled"])
def test_only_a_job_that_failed_can_be_tried_again(rep, state):
    job = services.start("tests.steps", by=rep)
    Job.objects.filter(pk=job.pk).update(state=state)
    with pytest.raises(WrongState):
        services.retry(job, by=rep)
    assert Job.objects.get(pk=job.pk).state == state


def test_a_kind_that_nobody_knows_any_more_cannot_be_tried_again(failed, rep):
    Job.objects.filter(pk=failed.pk).update(kind="tests.gone")
    with pytest.raises(WrongState):
        services.retry(failed, by=rep)
    assert Job.objects.get(pk=failed.pk).state == "failed"


def test_nobody_tries_the_job_of_another_again(failed, people):
    with pytest.raises(NotAllowed):
        services.retry(failed, by=people.rep_b)


def test_a_job_knows_the_request_that_started_it(rep):
    with context.coming_by("page", "REQ12345"):
        assert services.start("tests.steps", by=rep).request_id == "REQ12345"
    assert services.start("tests.steps", by=rep).request_id == ""


def test_a_job_whose_database_went_away_goes_on_as_soon_as_it_is_back(committed, people, run_jobs):
    job = services.start("tests.loses_its_line", by=people.rep_a)
    services.work(services.claim(job.pk))
    job.refresh_from_db()
    assert (job.state, job.lease_until, job.cursor) == ("queued", None, {"next": 1})
    assert run_jobs() == 1
    job.refresh_from_db()
    assert (job.state, job.done, Notice.objects.filter(key__startswith="line-").count()) == ("done", 3, 3)
