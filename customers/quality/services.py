"""The verbs of cleaning: start a run, take a proposal over or reject it, take a run back."""

from hashlib import sha1

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.activity.undo import WINDOW
from crm.core import clock
from crm.core.errors import Invalid, NotAllowed, WrongState
from crm.core.policy import require
from crm.jobs import services as jobs
from crm.jobs.models import Job
from customers.quality.models import CleaningRun, Proposal
from customers.quality.rules import rules, subjects

CLEAN, DECIDE, UNDO, RESCORE, MEASURE = "quality.clean", "quality.decide", "quality.undo", "quality.rescore", "quality.measure"
State = Proposal.State
# So many proposals are taken over at once; more of them go to the background.
AT_ONCE = 500
SHUT = (State.OPEN, State.REJECTED, State.UNDONE)


def digest(before: str, after: str) -> str:
    """What names a change of a value, whichever rule proposes it."""
    return sha1(f"{before}\0{after}".encode(), usedforsecurity=False).hexdigest()


def start(*, by, wanted=(), trial=False) -> CleaningRun:
    """Begin to clean in the background, by these rules or by all; asked twice, it is the one that runs already."""
    require(by, "quality.run")
    if unknown := set(wanted) - {code for code, _rule in rules.items()}:
        raise Invalid(_("There is no such rule."), field="rules", code="unknown_rule", facts={"rule": min(unknown)})
    with transaction.atomic():
        running = CleaningRun.objects.filter(by=by, state=CleaningRun.State.RUNNING, is_trial=trial, rules=sorted(wanted)).select_related("job").first()
        if running and running.job and not running.job.is_over:
            return running
        run = CleaningRun.objects.create(by=by, rules=sorted(wanted), is_trial=trial, started_at=clock.now())
        run.job = jobs.start(CLEAN, by=by, args={"run": run.pk})
        run.save(update_fields=["job"])
        return run


def measure(*, by) -> Job:
    """Make the figures of today now, in the background."""
    require(by, "quality.run")
    return jobs.start(MEASURE, by=by)


def accept(proposals, *, by) -> list[Proposal]:
    """Take these over: each record is changed by the verb of its room. What was changed since is out of date."""
    require(by, "quality.edit")
    with transaction.atomic():
        rows = _locked(proposals, State.OPEN)
        written = _write(rows, by, turn=lambda row: (row.before, row.after))
        done = [row for row in rows if row.pk in written]
        _settle(done, State.APPLIED, by, events=written)
        _note_stale([row for row in rows if row.pk not in written], by)
        return done


def decide_rule(rule: str, *, accepts: bool, by) -> list[Proposal] | Job:
    """Take over, or reject, all that waits of a rule and lies within reach; very many in the background."""
    require(by, "quality.edit")
    waiting = list(within_reach(Proposal.objects.filter(rule=rule, state=State.OPEN), by).order_by("pk")[: AT_ONCE + 1])
    if len(waiting) > AT_ONCE:
        return jobs.start(DECIDE, by=by, args={"rule": rule, "accepts": accepts})
    return accept(waiting, by=by) if accepts else reject(waiting, by=by)


def reject(proposals, *, by) -> list[Proposal]:
    """Say that these are wrong: they do not come back for the same value, and what was taken over goes back to what it was."""
    require(by, "quality.edit")
    with transaction.atomic():
        rows = _locked(proposals, State.OPEN, State.APPLIED)
        reachable = set(within_reach(Proposal.objects.filter(pk__in=[row.pk for row in rows]), by).values_list("pk", flat=True))
        if len(reachable) < len(rows):
            raise NotAllowed(_("Some of these records are not yours to change."))
        taken = [row for row in rows if row.state == State.APPLIED]
        _write(taken, by, turn=lambda row: (row.after, row.before), as_it_was=True)
        _settle(rows, State.REJECTED, by)
        return rows


def take_back(run: CleaningRun, *, by) -> CleaningRun:
    """Put back, in the background, everything that a run or people on its report wrote; possible for thirty days."""
    require(by, "quality.run")
    with transaction.atomic():
        run = CleaningRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if run.state in (CleaningRun.State.UNDOING, CleaningRun.State.UNDONE):
            return run
        if run.state != CleaningRun.State.DONE or run.is_trial:
            raise WrongState(_("Only a finished cleaning can be taken back."))
        if run.started_at < clock.now() - WINDOW:
            raise WrongState(_("This is more than 30 days ago and cannot be taken back any more."), code="too_late")
        run.state, run.undone_by, run.undone_at = CleaningRun.State.UNDOING, by, clock.now()
        run.job = jobs.start(UNDO, by=by, args={"run": run.pk})
        run.save(update_fields=["state", "undone_by", "undone_at", "job"])
        return run


def put_back(rows: list[Proposal], *, by) -> list[Proposal]:
    """Let these records have again what stood there; those that somebody changed since keep what they have. Those put back."""
    rows = _locked(rows, State.APPLIED)
    written = _write(rows, by, turn=lambda row: (row.after, row.before), as_it_was=True)
    done = [row for row in rows if row.pk in written]
    _settle(done, State.UNDONE, by)
    return done


def within_reach(proposals, actor, action="edit"):
    """Those about records that this person may reach for the action."""
    found = proposals.none()
    for noun, subject in subjects.items():
        if not actor.may(f"{noun}.{action}"):
            continue
        of_noun = proposals.filter(noun=noun)
        if not actor.scope(subject.model, action).everything:
            of_noun = of_noun.filter(object_id__in=subject.model.objects.visible_to(actor, action).values("pk"))
        found = found | of_noun
    return found


def _locked(proposals, *states):
    ids = [row.pk for row in proposals]
    return list(Proposal.objects.select_for_update().filter(pk__in=ids, state__in=states).order_by("pk"))


def _write(rows, by, *, turn, as_it_was=False):
    """Change the records through their rooms; id of each proposal that was written → the bulk event."""
    written = {}
    for noun, subject in subjects.items():
        own = [row for row in rows if row.noun == noun]
        changes, chosen = {}, {}
        # Of two proposals for one field the surer one is written.
        for row in sorted(own, key=lambda row: -row.certainty):
            if row.field not in changes.setdefault(row.object_id, {}):
                changes[row.object_id][row.field] = turn(row)
                chosen[row.object_id, row.field] = row.pk
        if changes:
            corrected = subject.correct(changes, by=by, as_it_was=as_it_was)
            written |= {pk: corrected.event for (record, field), pk in chosen.items() if field in corrected.written.get(record, ())}
    return written


def _settle(rows, state, by, events=None):
    """Note what became of them; a second one that says the same stands aside."""
    known = set()
    if state in SHUT:
        same = Proposal.objects.filter(object_id__in=[row.object_id for row in rows], state__in=SHUT).exclude(pk__in=[row.pk for row in rows])
        known = set(same.values_list("noun", "object_id", "field", "digest"))
    for row in rows:
        row.state = State.STALE if (row.noun, row.object_id, row.field, row.digest) in known else state
        row.decided_by, row.decided_at = by, clock.now()
        row.event_id = events[row.pk] if events else row.event_id
    Proposal.objects.bulk_update(rows, ["state", "decided_by", "decided_at", "event_id"], batch_size=500)


def _note_stale(rows, by):
    """Those whose record holds something else by now, or is gone, wait no longer."""
    gone = []
    for noun, subject in subjects.items():
        own = [row for row in rows if row.noun == noun]
        records = {record.pk: record for record in subject.rows().filter(pk__in=[row.object_id for row in own])} if own else {}
        gone += [row for row in own if row.object_id not in records or subject.text_of(records[row.object_id], row.field) != row.before]
    _settle(gone, State.STALE, by)
