"""What a person is told of a record that is there already: all of one in his scope, of another only that it exists and where it lies."""

from dataclasses import asdict, dataclass

from django.core import signing
from django.utils.translation import gettext as _

from customers.matching.subjects import subjects

SALT = "keman.matching.access"


@dataclass(frozen=True)
class Told:
    """One record as this person may know it. Outside his scope it has no id, no name and no page, but a `ticket` to ask for access with.

    `join` names a record to which the new one may be added instead, such as `contacts:12`.
    """

    noun: str
    label: str
    pk: int | None
    name: str
    url: str
    state: str
    score: int
    decision: str
    reasons: str
    action: str
    ticket: str = ""
    join: str = ""

    def plain(self) -> dict:
        """The same for a program."""
        return {name: value for name, value in asdict(self).items() if name != "url"}


def told(findings, by) -> list[Told]:
    """These findings for one person, in his language; what he may not even know of is left out."""
    seen = _visible(findings, by)
    return [_told(one, by, _key(one) in seen) for one in findings if _key(one) in seen or _may_know_of_any(one, by)]


def knowable(findings, by) -> list:
    """Those of which this person may learn at all that there is such a record."""
    seen = _visible([one for one in findings if not _may_know_of_any(one, by)], by)
    return [one for one in findings if _key(one) in seen or _may_know_of_any(one, by)]


def sentence(finding, by=None) -> str:
    """What somebody is told who brings a record that is there already: who looks after it, and nothing more."""
    subject = subjects[finding.noun]
    if by is not None and not by.may(subjects[finding.asked].right):
        return _("This %(noun)s is registered already. Ask your contact person in the house.") % {"noun": subject.label}
    facts = {"noun": subject.label, "state": state_of(finding.record), "reasons": finding.verdict.reasons(is_open=False)}
    if finding.action == "block":
        return _("This %(noun)s exists already (%(reasons)s); %(state)s.") % facts
    return _("This %(noun)s may exist already (%(reasons)s); %(state)s.") % facts


def state_of(record) -> str:
    """Where a record lies, as those outside its scope may know: in which pool, or with which department."""
    pool = getattr(record, "pool", None)
    if pool is not None and record.owner_id is None:
        return _("it lies in the pool %(pool)s") % {"pool": pool}
    if record.team is not None:
        return _("%(team)s looks after it") % {"team": record.team}
    return _("nobody looks after it")


def ticket_of(noun, pk, by) -> str:
    """What lets this person, and nobody else, ask for access to a record whose id he does not know."""
    return signing.dumps([noun, pk, by.pk], salt=SALT, compress=True)


def of_ticket(ticket, by) -> tuple[str, int] | None:
    """Noun and id behind a ticket of this person; None where it is not his, or forged."""
    try:
        noun, pk, holder = signing.loads(ticket, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return (noun, pk) if holder == by.pk and noun in subjects else None


def _told(one, by, is_open):
    subject = subjects[one.noun]
    facts = {"noun": one.noun, "label": str(subject.label), "score": one.score, "decision": str(one.decision), "action": one.action or ""}
    if is_open:
        state = _("looked after by %(owner)s") % {"owner": one.record.owner} if one.record.owner_id else state_of(one.record)
        join = f"{one.noun}:{one.record.pk}" if subjects[one.asked].joins(one.record, by) else ""
        url = f"{subject.url}{one.record.pk}/"
        return Told(pk=one.record.pk, name=str(one.record), url=url, state=state, reasons=one.verdict.reasons(), join=join, **facts)
    may = by.may(subjects[one.asked].right)
    state = state_of(one.record) if may else _("ask your contact person in the house")
    ticket = ticket_of(one.noun, one.record.pk, by) if may else ""
    return Told(pk=None, name="", url="", state=state, reasons=one.verdict.reasons(is_open=False), ticket=ticket, **facts)


def _key(finding):
    return finding.noun, finding.record.pk


def _may_know_of_any(finding, by):
    asking = subjects[finding.asked]
    return by.may(asking.right) or asking.tells_all


def _visible(findings, by):
    found = set()
    for noun in {one.noun for one in findings}:
        ids = [one.record.pk for one in findings if one.noun == noun]
        found |= {(noun, pk) for pk in subjects[noun].model.objects.visible_to(by).filter(pk__in=ids).values_list("pk", flat=True)}
    return found
