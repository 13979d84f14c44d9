"""The verb that brings chosen parts of a customer back to how they were: through the verbs of the records, all or nothing."""

from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from crm.activity.spine import event, lock
from crm.activity.undo import Undoable, Undone, undoable
from crm.bin.waysback import ways_back
from crm.core.errors import Conflict, Invalid, Refusal, WrongState
from crm.core.policy import require
from customers.companies.models import Company
from customers.companies.services import refuse_stale
from customers.past import events
from customers.past.comparing import ADDED, REMOVED, compare, revived

INSTANT = timedelta(microseconds=1)


def restore(company, *, at, choices, by, versions=None):
    """Bring these choices of a comparison back to how they were at that moment; the id of the event, which can be undone as one.

    `versions` are those the person saw, by `contacts:12`: who changed a record meanwhile is not overwritten. What cannot be
    brought back refuses all, with a sentence for each choice in `facts["obstacles"]`.
    """
    with event(events.RESTORED, by=by, subject=company) as found:
        require(by, "companies.edit", company)
        seen = compare(company, at, by=by)
        chosen = _chosen(seen, choices)
        met = _Problems()
        for record, names in chosen:
            with met.of(record):
                _bring_back(record, names, by, (versions or {}).get(record.key))
        met.check()
        found.data.update(
            to=at.isoformat(),
            before=(found.opened - INSTANT).isoformat(),
            count=sum(len(names) or 1 for _record, names in chosen),
            versions={record.key: record.kind.model._base_manager.values_list("version", flat=True).get(pk=record.pk) for record, _names in chosen},
        )
        return found.id


def take_back(activity, *, by) -> Undone:
    """Undo a restoration: what it touched goes back to just before it; what was changed since stays."""
    company, done = Company._base_manager.get(pk=activity.object_id), Undone()
    require(by, "companies.edit", company)
    found = compare(company, parse_datetime(activity.data["before"]), by=by)
    choices = []
    for record in found:
        kept = activity.data["versions"].get(record.key)
        if kept is None:
            continue
        free = record.version == kept
        (done.restored if free else done.left).append(record)
        if free:
            choices += [record.choice] if record.choice else [one.choice for one in record.differences if one.choice]
    if choices:
        with event("companies.undone", by=by, subject=company, data={"undid": activity.pk}):
            restore(company, at=found.at, choices=choices, by=by)
    return done


@dataclass(frozen=True)
class Unmet:
    """A choice that could not be followed: the record, the code of the refusal and its sentence."""

    choice: str
    title: str
    code: str
    sentence: str

    def plain(self) -> dict:
        """The same for a program."""
        return asdict(self)


class _Problems:
    """Refusals of single choices, told together."""

    def __init__(self):
        self.found = []

    @contextmanager
    def of(self, record):
        """Note what refuses this record, and go on with the next."""
        try:
            with transaction.atomic():
                yield
        except Refusal as refusal:
            if refusal.code == "stale":
                raise
            self.found.append(Unmet(record.key, record.title, refusal.code, str(refusal)))

    def check(self):
        """Refuse all where something was refused."""
        if self.found:
            first = self.found[0]
            sentence = _("Not brought back: %(what)s: %(why)s") % {"what": first.title, "why": first.sentence}
            raise Conflict(sentence, code="as_of_conflicts", facts={"obstacles": self.found})


def _chosen(seen, choices):
    """The records of the choices with the names of their fields, what is new put away first and the company last."""
    offered = {}
    for record in seen:
        offered |= {record.choice: (record, "")} if record.choice else {}
        offered |= {one.choice: (record, one.field) for one in record.differences if one.choice}
    unknown = [choice for choice in choices if choice not in offered]
    if unknown or not choices:
        sentence = _("This does not differ any more, or cannot be brought back.") if unknown else _("Nothing was chosen.")
        raise Invalid(sentence, field="choices", code="no_such_difference")
    found = {}
    for choice in dict.fromkeys(choices):
        record, name = offered[choice]
        found.setdefault(record.key, (record, []))[1].extend([name] if name else [])
    order = {ADDED: 0, REMOVED: 1}
    return sorted(found.values(), key=lambda pair: (pair[0].kind.model is Company, order.get(pair[0].state, 2)))


def _bring_back(record, names, by, version):
    kind, version = record.kind, record.version if version is None else version
    if record.state in (ADDED, REMOVED):
        row = lock(kind.model(pk=record.pk))
        refuse_stale(row, version)
        return kind.put_away(row, by=by) if record.state == ADDED else _out_of_the_bin(row, kind, by)
    values = _values(record, names)
    return kind.put(kind.model._base_manager.get(pk=record.pk), values, by=by, version=version)


def _out_of_the_bin(row, kind, by):
    way = ways_back.get(kind.noun)
    if way is None:
        raise WrongState(str(kind.stuck), code="stuck")
    return way.restore(row, by=by)


def _values(record, names):
    """The old values as the verb takes them."""
    old, parts = revived(record.kind.model, record.then), {part.name: part for part in record.kind.parts}
    return {name: parts[name].given(record.parts[name][0]) if name in parts else getattr(old, name) for name in names}


undoable.add(events.RESTORED, Undoable("companies.edit", whole=take_back))
