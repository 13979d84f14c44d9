"""Kinds of jobs that only tests start; the worker of the test loads them by `--include`."""

from contextlib import contextmanager

from django.db import connection

from crm.core.errors import WrongState
from crm.jobs.kinds import handler
from crm.jobs.models import Job
from crm.notifications.models import Notice

STEPS = 40
GATE = 1  # the lock of the test's own database before which a job waits


@contextmanager
def gate_closed():
    """As long as this is open, a job that was told of the gate gets no further than the step named to it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [GATE])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [GATE])


def pass_the_gate():
    """Wait until nobody holds it closed; the wait ends with the connection, as real work would."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock_shared(%s)", [GATE])


@handler("tests.steps", title="Steps")
def steps(run):
    """Leave one notice for each step; in the step that `gate` names it waits until a test lets it go on."""
    for number in range(run.cursor.get("next", 0), STEPS):
        with run.step(done=number + 1, total=STEPS, note=f"step {number + 1}"):
            Notice.objects.create(user=run.by, code="tests.step", key=f"{run.job.pk}-{number}", facts={"step": number})
            if number == run.args.get("gate"):
                pass_the_gate()
            run.cursor["next"] = number + 1
    return {"steps": STEPS}


@handler("tests.refuses", title="Refusal")
def refuses(run):
    """End in a sentence."""
    raise WrongState("This cannot be done today.")


@handler("tests.breaks", title="Breaks")
def breaks(run):
    """Fail like a mistake in the code."""
    raise ZeroDivisionError("a secret of the code")


@handler("tests.cancels_itself", title="Cancelled")
def cancels_itself(run):
    """Somebody stops the job while it is in a step."""
    with run.step(done=1, total=2):
        Notice.objects.create(user=run.by, code="tests.step", key="undone")
        Job.objects.filter(pk=run.job.pk).update(state=Job.State.CANCELLED)


@handler("tests.file", title="File", url=lambda job: f"/jobs/{job.pk}/")
def file(run):
    """Make a file."""
    run.new_file("客户.csv").write_text("name\n", encoding="utf-8")
    return {"rows": 1}


@handler("tests.loses_its_line", title="Lost line")
def loses_its_line(run):
    """The database goes away in the middle of the second step, the first time."""
    for number in range(run.cursor.get("next", 0), 3):
        with run.step(done=number + 1, total=3):
            Notice.objects.create(user=run.by, code="tests.step", key=f"line-{number}")
            run.cursor["next"] = number + 1
            if number == 1 and run.job.attempts == 1:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
