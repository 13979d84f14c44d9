"""The background work of this room."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.jobs.kinds import handler
from customers.quality import figures, rescoring, services, walking
from customers.quality.models import CleaningRun, Proposal

CHUNK = 500


def _report(job):
    return reverse("customers:quality:run", args=[job.args["run"]])


@handler(services.CLEAN, title=_("Cleaning of data"), lease=120, limit=7200, url=_report)
def clean(run):
    """Walk through the records of the house."""
    return walking.clean(run)


@handler(services.DECIDE, title=_("Proposals decided"), lease=120, limit=7200, url=lambda job: reverse("customers:quality:proposals"))
def decide(run):
    """Take over, or reject, all that waits of a rule, chunk by chunk."""
    waiting = services.within_reach(Proposal.objects.filter(rule=run.args["rule"], state=Proposal.State.OPEN), run.by).order_by("pk")
    run.cursor.setdefault("total", waiting.count())
    done = run.cursor.get("done", 0)
    while rows := list(waiting.filter(pk__gt=run.cursor.get("after", 0))[:CHUNK]):
        with run.step(done=done + len(rows), total=run.cursor["total"]):
            (services.accept if run.args["accepts"] else services.reject)(rows, by=run.by)
            done += len(rows)
            run.cursor |= {"after": rows[-1].pk, "done": done}
    return {"done": done}


@handler(services.UNDO, title=_("Cleaning taken back"), lease=120, limit=7200, url=_report)
def undo(run):
    """Put back what a run wrote, the latest first."""
    written = Proposal.objects.filter(run=run.args["run"], state=Proposal.State.APPLIED)
    run.cursor.setdefault("total", written.count())
    back, looked = run.cursor.get("back", 0), run.cursor.get("looked", 0)
    while rows := list(written.filter(pk__lt=run.cursor.get("before", 2**62)).order_by("-pk")[:CHUNK]):
        with run.step(done=looked + len(rows), total=run.cursor["total"]):
            back += len(services.put_back(rows, by=run.by))
            looked += len(rows)
            run.cursor |= {"before": rows[-1].pk, "back": back, "looked": looked}
    with run.step():
        CleaningRun.objects.filter(pk=run.args["run"]).update(state=CleaningRun.State.UNDONE, undone_at=clock.now())
    return {"back": back, "left": looked - back}


@handler(services.RESCORE, title=_("Completeness computed anew"), lease=120, limit=7200)
def rescore(run):
    """After a weight was changed: the score of every record."""
    return rescoring.rescore(run)


@handler(services.MEASURE, title=_("Data quality measured"), lease=300, limit=3600, url=lambda job: reverse("customers:quality:page"))
def measure(run):
    """The figures of today, as every night makes them."""
    figures.measure()
