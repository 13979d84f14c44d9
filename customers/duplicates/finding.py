"""Searching all records of a kind for duplicates, and keeping what was found for people to decide on."""

from dataclasses import dataclass

import numpy as np
from django.db.models import Q

from crm.core import clock
from customers.duplicates.models import DuplicatePair
from customers.duplicates.reading import read, subjects
from customers.matching import paths, reasons
from customers.matching.linking import link

PORTION = 2000


@dataclass(frozen=True)
class Found:
    """One pair: the smaller id first, the external ids, the probability, what it was found to be, and why."""

    left_id: int
    right_id: int
    left_ref: str
    right_ref: str
    score: float
    decision: str
    reasons: dict


def pairs(noun, tell=lambda done, total: None):
    """The possible duplicates among all live records of a kind, the surest first; those of one group of companies are related, never the same."""
    subject, records = subjects[noun], read(noun)
    if len(records.ids) < 2:
        return
    linked = link(subject.evidence(records.table), len(records.ids), subject.apart, tell=tell)
    decided = subject.decide(linked, len(records.ids))
    kin = _kin(records, linked)
    for left, right, score, decision, place in decided.pairs():
        said = DuplicatePair.Decision.RELATED if kin[place] else str(decision)
        yield Found(records.ids[left], records.ids[right], records.refs[left], records.refs[right], score, said, reasons.found(linked, place))


def keep(noun, found, *, tell=lambda kept: None, started=None):
    """Store the pairs of one search: new ones wait for a decision, known ones keep theirs, open ones that were not found again go.

    Gives how many there are of each kind. What is stored twice is the same, so a search that was killed is begun again.
    """
    started = started or clock.now()
    counts = dict.fromkeys(DuplicatePair.Decision.values, 0)
    portion = []
    for pair in found:
        counts[pair.decision] += 1
        portion.append(_row(noun, pair, started))
        if len(portion) == PORTION:
            _store(portion)
            tell(sum(counts.values()))
            portion = []
    _store(portion)
    waiting = Q(state__in=(DuplicatePair.State.OPEN, DuplicatePair.State.LATER))
    DuplicatePair.objects.filter(waiting, noun=noun, found_by="search", found_at__lt=started).delete()
    return counts


def report(noun, left_id, right_id, *, score, decision, said):
    """Put one pair on the list, found on the way in by a form, an import …; what was decided about it before stays."""
    pair = Found(min(left_id, right_id), max(left_id, right_id), "", "", score, decision, said)
    row = _row(noun, pair, clock.now())
    row.found_by = paths.current()
    DuplicatePair.objects.bulk_create([row], ignore_conflicts=True)


def _row(noun, pair, at):
    values = {"score": pair.score, "decision": pair.decision, "reasons": pair.reasons, "found_at": at}
    return DuplicatePair(noun=noun, left_id=pair.left_id, right_id=pair.right_id, **values)


def _store(portion):
    DuplicatePair.objects.bulk_create(
        portion, update_conflicts=True, unique_fields=["noun", "left_id", "right_id"], update_fields=["score", "decision", "reasons", "found_at", "found_by"]
    )


def _kin(records, linked):
    """For each pair whether one is the other's group, or both belong to one."""
    parents = np.array([parent or -1 for parent in records.parents])
    ids = np.array(records.ids)
    one, other = parents[linked.left], parents[linked.right]
    return ((one >= 0) & (one == other)) | (one == ids[linked.right]) | (other == ids[linked.left])
