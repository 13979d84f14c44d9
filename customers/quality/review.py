"""What waits for a decision, as a person may read it: by rule, each with both values, its certainty and where it comes from."""

from dataclasses import dataclass

from django.db.models import Count

from crm.core.masking import shown
from customers.quality.models import Proposal
from customers.quality.rules import rules, source_words, subjects
from customers.quality.services import within_reach

PAGE = 50


@dataclass(frozen=True)
class Shown:
    """One proposal in words."""

    proposal: Proposal
    record: str
    url: str
    field: str
    before: str
    after: str
    source: str

    @property
    def is_sure(self):
        """Whether it is sure enough to be taken over without a second look."""
        return self.proposal.certainty >= 90


def waiting(actor):
    """The proposals this person may decide about."""
    return within_reach(Proposal.objects.filter(state=Proposal.State.OPEN), actor)


def by_rule(actor, run=None) -> list[dict]:
    """Rule → how many wait, in the order of the rules."""
    rows = waiting(actor) if run is None else waiting(actor).filter(run=run)
    found = dict(rows.order_by().values_list("rule").annotate(n=Count("pk")))
    return [{"code": code, "label": rule.label, "count": found[code]} for code, rule in rules.items() if code in found]


def in_words(proposals, actor) -> list[Shown]:
    """The proposals as this person may read them; those of hidden fields are left out. One query for each kind of record."""
    records = {}
    for noun, subject in subjects.items():
        ids = {row.object_id for row in proposals if row.noun == noun}
        if ids:
            records |= {(noun, pk): record for pk, record in subject.model.objects.visible_to(actor).in_bulk(list(ids)).items()}
    found = [_shown(row, records.get((row.noun, row.object_id)), actor) for row in proposals]
    return [one for one in found if one is not None]


def _shown(row, record, actor):
    subject = subjects[row.noun]
    if record is None:
        return None
    before, after = (_value(subject, row.field, text, actor, record) for text in (row.before, row.after))
    if before is None or after is None:
        return None
    return Shown(row, str(record), subject.url(row.object_id), str(subject.field_words(row.field)), before, after, str(source_words(row.source)))


def _value(subject, field, text, actor, record):
    name, cover = subject.guard(field, text)
    seen = shown(actor, name, text, cover, record=record)
    return None if seen is None else str(subject.value_words(field, seen))


def of_record(record, actor) -> dict:
    """What was filled in by a proposal and still stands there, and what waits, for the page of the record; asked once a page."""
    if "quality" not in record.__dict__:
        states = (Proposal.State.OPEN, Proposal.State.APPLIED)
        rows = list(Proposal.objects.filter(noun=record.noun, object_id=record.pk, state__in=states).order_by("-pk")[:PAGE])
        subject = subjects[record.noun]
        filled = {
            row.field: row for row in reversed(rows) if row.state == Proposal.State.APPLIED and row.is_fill and subject.text_of(record, row.field) == row.after
        }
        open_ones = [row for row in rows if row.state == Proposal.State.OPEN]
        words = {one.proposal.pk: one for one in _words_of(record, [*filled.values(), *open_ones], actor)}
        record.quality = {
            "filled": [words[row.pk] for row in filled.values() if row.pk in words],
            "open": [words[row.pk] for row in open_ones if row.pk in words],
        }
    return record.quality


def _words_of(record, rows, actor):
    return [one for one in (_shown(row, record, actor) for row in rows) if one is not None]
