"""A run through the records of the house: each chunk is looked at, written and counted in one transaction."""

from collections import Counter

from django.db.models import F

from crm.core import clock
from customers.quality.models import CleaningRun, Proposal
from customers.quality.rules import Evidence, Rule, rules_of, subjects
from customers.quality.services import digest

CHUNK = 1000
State = Proposal.State


def clean(job):
    """The handler of a cleaning: goes on behind the last finished chunk, so that a killed worker loses nothing and repeats nothing."""
    run = CleaningRun.objects.get(pk=job.args["run"])
    evidence = Evidence()
    if "total" not in job.cursor:
        job.cursor |= {"total": sum(_rows(subject, job.by).count() for subject in subjects), "done": 0, "after": {}}
    for noun, subject in subjects.items():
        while job.cursor["after"].get(noun) != "end" and rules_of(noun, run.rules):
            with job.step(done=min(job.cursor["done"] + CHUNK, job.cursor["total"]), total=job.cursor["total"], note=subject.label):
                behind = _chunk(run, noun, job, evidence)
                job.cursor["after"] = job.cursor["after"] | {noun: behind}
    with job.step():
        CleaningRun.objects.filter(pk=run.pk).update(state=CleaningRun.State.DONE, finished_at=clock.now())
    return {"run": run.pk}


def _rows(subject, by):
    return subject.rows().visible_to(by, "edit")


def _chunk(run, noun, job, evidence):
    """Look at the next rows and note what was found; the id to go on behind, or "end"."""
    subject, after = subjects[noun], job.cursor["after"].get(noun, 0)
    rows = list(_rows(subject, job.by).filter(pk__gt=after).order_by("pk")[:CHUNK])
    found = _look(noun, rows, evidence, run.rules, lossless=True)
    if not run.is_trial:
        _write(run, subject, noun, found, job.by)
        if found:
            rows = list(_rows(subject, job.by).filter(pk__in=[row.pk for row in rows]).order_by("pk"))
    found += _look(noun, rows, evidence, run.rules, lossless=False)
    last = rows[-1].pk if len(rows) == CHUNK else None
    if run.is_trial:
        _count(run, found)
    else:
        _drop_stale(noun, run.rules, found, after, last, rows if not job.by.scope(subject.model, "edit").everything else None)
        _propose(run, noun, [one for one in found if not one[1].lossless])
    CleaningRun.objects.filter(pk=run.pk).update(looked=F("looked") + len(rows))
    job.cursor["done"] += len(rows)
    return last or "end"


def _look(noun, rows, evidence, wanted, *, lossless) -> list[tuple[str, Rule, object]]:
    return [(code, rule, hit) for code, rule in rules_of(noun, wanted) if rule.lossless == lossless for hit in rule.look(rows, evidence)]


def _write(run, subject, noun, found, by):
    """Follow the lossless rules by the room's own verb; what somebody rejected or took back stays as it is."""
    blocked = _known(noun, found, (State.REJECTED, State.UNDONE))
    fresh = [(code, rule, hit) for code, rule, hit in found if (hit.object_id, hit.field, digest(hit.before, hit.after)) not in blocked]
    changes: dict = {}
    for _code, _rule, hit in fresh:
        changes.setdefault(hit.object_id, {}).setdefault(hit.field, (hit.before, hit.after))
    if not changes:
        return
    corrected = subject.correct(changes, by=by)
    done, left = [], []
    for one in fresh:
        (done if one[2].field in corrected.written.get(one[2].object_id, ()) else left).append(one)
    _drop_open(noun, done)
    Proposal.objects.bulk_create([_proposal(run, noun, *one, state=State.APPLIED, event=corrected.event, by=by) for one in done], batch_size=1000)
    _propose(run, noun, left)


def _propose(run, noun, found):
    """Let these wait for a person; what waits already, or was rejected, is not said twice."""
    Proposal.objects.bulk_create([_proposal(run, noun, *one) for one in found], batch_size=1000, ignore_conflicts=True)


def _proposal(run, noun, code, rule, hit, *, state=State.OPEN, event=None, by=None):
    decided = {"decided_by": by, "decided_at": clock.now()} if by else {}
    return Proposal(
        run=run, noun=noun, object_id=hit.object_id, field=hit.field, before=hit.before, after=hit.after, digest=digest(hit.before, hit.after),
        rule=code, certainty=hit.certainty, source=hit.source, is_fill=rule.fills, is_doubt=rule.doubts, state=state, event_id=event, **decided,
    )  # fmt: skip


def _known(noun, found, states):
    ids = {hit.object_id for _code, _rule, hit in found}
    rows = Proposal.objects.filter(noun=noun, object_id__in=ids, state__in=states)
    return set(rows.values_list("object_id", "field", "digest"))


def _drop_open(noun, done):
    """What waited for a person and was now written by the run itself waits no longer."""
    ids = {hit.object_id: None for _code, _rule, hit in done}
    written = {(hit.object_id, hit.field) for _code, _rule, hit in done}
    waiting = [row for row in Proposal.objects.filter(noun=noun, object_id__in=ids, state=State.OPEN) if (row.object_id, row.field) in written]
    Proposal.objects.filter(pk__in=[row.pk for row in waiting]).update(state=State.STALE)


def _drop_stale(noun, wanted, found, after, last, rows):
    """What waited and is not found any more: the value was changed, or the record is gone."""
    codes = [code for code, _rule in rules_of(noun, wanted)]
    waiting = Proposal.objects.filter(noun=noun, rule__in=codes, state=State.OPEN, object_id__gt=after)
    waiting = waiting.filter(object_id__lte=last) if last else waiting
    waiting = waiting.filter(object_id__in=[row.pk for row in rows]) if rows is not None else waiting
    still = {(hit.object_id, hit.field, digest(hit.before, hit.after)) for _code, _rule, hit in found}
    gone = [pk for pk, *key in waiting.values_list("pk", "object_id", "field", "digest") if tuple(key) not in still]
    Proposal.objects.filter(pk__in=gone).update(state=State.STALE)


def _count(run, found):
    counts = Counter(run.counts) + Counter(code for code, _rule, _hit in found)
    run.counts = dict(counts)
    run.save(update_fields=["counts"])
