"""A customer then and now, as one person may read both: what was added, removed and changed since."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from crm.activity.fieldchanges import in_words, people_see, references
from crm.bin.belongings import staying
from crm.core import clock
from crm.core.errors import Invalid
from crm.core.masking import guards, may_write
from crm.core.policy import allows
from crm.web import formats
from customers.past.kinds import Kind, known
from customers.past.reading import of_customer, rows_at

ADDED, REMOVED, CHANGED, SAME = "added", "removed", "changed", "same"
# They follow others, or say nothing to people.
BEYOND = ("id", "team", "pool")


@dataclass(frozen=True)
class Difference:
    """One field or part of a record, then and now, in words; `choice` names it where it can be brought back, else `stuck` says why not."""

    field: str
    label: str
    then: str
    now: str
    choice: str = ""
    stuck: object = ""
    differs: bool = True


@dataclass
class Record:
    """One record then and now; `choice` brings one back that is gone or puts one away that is new."""

    kind: Kind
    pk: int
    title: str
    state: str
    version: int | None
    then: dict | None
    now: dict | None
    live: dict | None
    url: str = ""
    choice: str = ""
    stuck: object = ""
    differences: list[Difference] = field(default_factory=list)
    parts: dict = field(default_factory=dict)

    @property
    def key(self):
        """What names it in choices."""
        return f"{self.kind.noun}:{self.pk}"


@dataclass(frozen=True)
class Comparison:
    """The customer at the moment `at` beside today; `records` by kind, in the order of the page."""

    company: object
    at: datetime
    records: list[Record]

    def __iter__(self) -> Iterable[Record]:
        return iter(self.records)

    @property
    def root(self):
        """The company itself; None where it was not there at that moment."""
        return next((record for record in self.records if record.kind.model is type(self.company)), None)

    @property
    def groups(self):
        """The records by kind, those without any left out."""
        found = defaultdict(list)
        for record in self.records:
            found[record.kind.noun].append(record)
        return [(kind.model._meta.verbose_name_plural, found[kind.noun]) for kind in known() if found[kind.noun]]


def compare(company, at, *, by, everything=False) -> Comparison:
    """What differs between that moment and now, with `everything` also what is the same; as many queries for much as for little."""
    _refuse_unknown(company, at)
    rows = of_customer(company.pk, at)
    parts = {(kind.noun, part.name): _parts(kind, part, rows[kind.noun], at) for kind in known() for part in kind.parts}
    seen = {kind.noun: _seen(kind, rows[kind.noun], by) for kind in known()}
    names, guarded, staying_ids = _names(rows, parts), _guarded(rows), _staying(rows)
    found = []
    for kind in known():
        for row in rows[kind.noun]:
            if row.pk in seen[kind.noun]:
                own = {part.name: parts[kind.noun, part.name][row.pk] for part in kind.parts}
                record = _record(kind, row, own, by, names, guarded, everything)
                if record.choice and record.state == ADDED and row.pk in staying_ids[kind.noun]:
                    record.choice, record.stuck = "", _("What was signed, placed or paid stays. End it or refund it instead.")
                if everything or record.state != SAME:
                    found.append(record)
    return Comparison(company, at, found)


def _refuse_unknown(company, at):
    if at > clock.now():
        raise Invalid(_("This time lies in the future."), field="at", code="future")
    if at < company.created_at:
        raise Invalid(
            _("This customer was entered on %(day)s; nothing is known before that.") % {"day": formats.moment(company.created_at)}, field="at", code="too_early"
        )


def revived(model, columns):
    """An unsaved record with these columns, as they were kept in the history."""
    by_column = {one.column: one for one in model._meta.concrete_fields}
    return model(**{by_column[name].attname: _python(by_column[name], value) for name, value in columns.items() if name in by_column})


def _python(one, value):
    return (one.target_field if one.is_relation else one).to_python(value)


def _parts(kind, part, rows, at):
    """The rows of a part by the id of their record: pairs of then and now."""
    column = part.model._meta.get_field(part.field).column
    found = defaultdict(lambda: ([], []))
    for row in rows_at(part.model, column, [row.pk for row in rows], at):
        for place, columns in enumerate((row.then, row.now)):
            if columns is not None:
                found[columns[column]][place].append(columns)
    return found


def _seen(kind, rows, by):
    """The ids of those the person may see: through the scope where they live, by what they were where they do not."""
    live = set(
        kind.model.objects.visible_to(by).filter(pk__in=[row.pk for row in rows if row.live and not row.live.get("deleted_at")]).values_list("pk", flat=True)
    )
    gone = (row for row in rows if row.live is None or row.live.get("deleted_at"))
    return live | {row.pk for row in gone if allows(by, f"{kind.noun}.view", revived(kind.model, row.live or row.then))}


def _names(rows, parts):
    """The names behind all ids: one query for each kind of record they name."""
    wanted = defaultdict(set)
    for kind in known():
        for row in rows[kind.noun]:
            for related, pk in references(kind.model, _pairs(kind, row), kind.also):
                wanted[related].add(pk)
        for part in kind.parts:
            for then, now in parts[kind.noun, part.name].values():
                for columns in (*then, *now):
                    for related, pk in references(part.model, {name: (value, None) for name, value in columns.items()}):
                        wanted[related].add(pk)
    return {(model, pk): str(one) for model, ids in wanted.items() for pk, one in model._base_manager.in_bulk(list(ids)).items()}


def _guarded(rows):
    """The records on which a mask may hang, by noun and id: one query for each guarded kind."""
    found = {}
    for kind in known():
        if kind.noun in guards:
            ids = [row.pk for row in rows[kind.noun]]
            found |= {(kind.noun, one.pk): one for one in kind.model._base_manager.select_related(*guards[kind.noun].needs).filter(pk__in=ids)}
    return found


def _staying(rows):
    """The ids of what came since and is never put into the bin, by noun: one query for each kind that has such."""
    found = defaultdict(set)
    for kind in known():
        fresh = [row.pk for row in rows[kind.noun] if row.now and not row.then]
        if fresh and kind.put_away is not None and (rule := staying.get(kind.noun)):
            found[kind.noun] = set(kind.model._base_manager.filter(rule.which, pk__in=fresh).values_list("pk", flat=True))
    return found


def _pairs(kind, row):
    then, now = row.then or {}, row.now or {}
    return {one.column: (then.get(one.column), now.get(one.column)) for one in kind.model._meta.concrete_fields}


def _record(kind, row, parts, by, names, guarded, everything):
    state = CHANGED if row.then and row.now else ADDED if row.now else REMOVED
    own = revived(kind.model, row.now or row.then)
    record = Record(kind, row.pk, kind.title(own), state, (row.live or {}).get("version"), row.then, row.now, row.live, parts=parts)
    if row.now and kind.page:
        record.url = reverse(kind.page, args=[row.pk])
    record.differences = [*_fields(record, by, names, guarded), *_parts_in_words(record, by, names)]
    if state == CHANGED:
        if not any(one.differs for one in record.differences):
            record.state = SAME
    else:
        record.choice, record.stuck = _whole(record, by)
    if not everything:
        record.differences = [one for one in record.differences if one.differs]
    return record


def _fields(record, by, names, guarded):
    kind = record.kind
    pairs = _pairs(kind, record)
    own = guarded.get((kind.noun, record.pk)) or revived(kind.model, record.now or record.then)
    shown = [one for one in people_see(kind.model, pairs, kind.also) if one.name not in BEYOND and one.name != kind.field]
    words = {one.field: one for one in in_words(kind.model, {one.column: pairs[one.column] for one in shown}, by, names, own, kind.also)}
    for one in shown:
        then, now = pairs[one.column]
        told = words.get(one.name)
        if told and (told.old or told.new):
            yield _difference(record, one.name, told.label, told.old, told.new, then != now, by)


def _parts_in_words(record, by, names):
    for part in record.kind.parts:
        then, now = record.parts[part.name]
        old, new = (_(", ").join(filter(None, (part.words(row, by, names) for row in rows))) for rows in (then, now))
        if old or new:
            yield _difference(record, part.name, str(part.label), old, new, plain(part, then) != plain(part, now), by)


def plain(part, rows):
    """The rows of a part as what they say, whatever their ids are."""
    return sorted(str([row[name] for name in part.columns]) for row in rows)


def _difference(record, name, label, old, new, differs, by):
    choice = stuck = ""
    if differs and record.state == CHANGED:
        choice, stuck = _way(record, name, by)
    return Difference(name, label, old, new, choice, stuck, differs)


def _way(record, name, by):
    """The choice that brings a field back, or why there is none."""
    kind = record.kind
    settable = (*kind.fields, *(part.name for part in kind.parts))
    if kind.put is None or name not in settable:
        return "", kind.stuck
    if not by.may(f"{kind.noun}.edit") or not _may_write(record, name, by):
        return "", _("You do not have the right to change this.")
    return f"{record.key}:{name}", ""


def _may_write(record, name, by):
    """Whether this person reads the field whole: what is covered is not written either."""
    part = next((part for part in record.kind.parts if part.name == name), None)
    if part is not None:
        return all(part.may(row, by) for rows in record.parts[name] for row in rows)
    return may_write(by, f"{record.kind.noun}.{name}", is_new=False)


def _whole(record, by):
    """The choice that brings a record back or puts it away, or why there is none."""
    kind = record.kind
    if record.state == REMOVED and record.live is None:
        return "", _("This was removed for good. Only a backup still has it.")
    if record.state == REMOVED and not record.live.get("deleted_at"):
        return "", _("This belongs to another customer now. Move it back there.")
    if kind.put_away is None:
        return "", kind.stuck
    if not by.may(f"{kind.noun}.delete"):
        return "", _("You do not have the right to change this.")
    return record.key, ""
