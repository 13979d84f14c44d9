"""What happened to a record, newest first, as this person may read it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType

from crm.activity import fieldchanges
from crm.activity.models import About, Activity
from crm.activity.spine import kind_of
from crm.activity.wording import GROUPS, Facts, describer_of, verbs_of
from crm.core.reading import keys_of, with_names
from crm.core.rights import NONE

# With a filter most links may lead to other events: so many are looked at for one page.
WINDOW = 1000
ROUNDS = 5


@dataclass(frozen=True)
class Entry:
    """One line of a timeline."""

    id: int
    at: datetime
    who: str
    via: str
    verb: str
    group: str
    icon: str
    tone: str
    title: str
    body: str
    changes: list


@dataclass
class Timeline:
    """A page of entries; `before` is the key of the next, older page, or None."""

    record: object
    entries: list[Entry] = field(default_factory=list)
    before: int | None = None
    group: str = ""

    def __iter__(self):
        return iter(self.entries)

    def __len__(self):
        return len(self.entries)

    @property
    def groups(self):
        """The filters on offer: pairs of code and words."""
        return [(code, words) for code, words in GROUPS.items() if verbs_of(code)]

    @property
    def noun(self):
        """What names the kind of the record in addresses."""
        return self.record.noun


def timeline(record, actor, before=None, limit=50, group=None) -> Timeline:
    """The latest events about a record that this person may see, older than the event with the id `before`.

    The order is that of what happened, not of when the house heard of it: an import brings years at once.

    The record itself must have been loaded through its scope. What happened to other records (an opportunity of the
    company) is shown to those who may see these.
    """
    wanted = group if group in GROUPS else ""
    found, more = _activities(record, actor, _moment_of(before), limit, wanted)
    page = Timeline(record, group=wanted, before=more)
    page.entries = _entries(record, actor, found)
    return page


def _activities(record, actor, before, limit, group):
    found = []
    for _round in range(ROUNDS):
        rows, last = _filtered(record, before, limit, group) if group else _latest(record, before, limit)
        for row in rows:
            row.kind = ContentType.objects.get_for_id(row.kind_id)  # from memory; the join would cost a page fifty objects
        found += _visible(rows, record, actor)
        if len(found) > limit:
            return found[:limit], found[limit - 1].pk
        if last is None:
            return found, None
        before = last
    return found, before[1]


def _latest(record, before, limit):
    """The next activities, and the place where to go on; None at the end."""
    # So few that sorting them here is cheaper than having Django write the order.
    rows = sorted(_named(_links(record, before).values("activity_id")[: limit + 1]), key=_place, reverse=True)
    return rows, _place(rows[-1]) if len(rows) > limit else None


def _filtered(record, before, limit, group):
    """The same of one group: of so many links, those that lead to one of its events."""
    links = list(_links(record, before).values_list("at", "activity_id")[:WINDOW])
    rows = list(_named([pk for _at, pk in links]).filter(verb__in=verbs_of(group)).order_by("-at", "-pk")[: limit + 1])
    if len(rows) > limit:
        return rows, _place(rows[-1])
    return rows, links[-1] if len(links) == WINDOW else None


def _named(ids):
    return with_names(Activity.objects.filter(pk__in=ids), "actor", "on_behalf_of")


def _place(activity):
    return activity.at, activity.pk


def _moment_of(event_id):
    return event_id and Activity.objects.filter(pk=event_id).values_list("at", "pk").first()


def _links(record, before):
    links = About.objects.filter(kind=kind_of(record), object_id=record.pk)
    if before:
        at, pk = before
        links = links.filter(at__lte=at).exclude(at=at, activity_id__gte=pk)
    return links.order_by("-at", "-activity_id")


def _visible(activities, record, actor):
    """The activities whose subject the person may see, bin included; one query however many kinds there are."""
    own = kind_of(record).pk
    subjects = defaultdict(set)
    for activity in activities:
        if (activity.kind_id, activity.object_id) != (own, record.pk):
            subjects[activity.kind].add(activity.object_id)
    seen, queries = {(own, record.pk)}, []
    for kind, ids in subjects.items():
        scope = _scope(kind.model_class(), actor)
        if scope is True:
            seen |= {(kind.pk, pk) for pk in ids}
        elif scope:
            queries.append((kind.pk, kind.model_class()._base_manager.filter(scope.condition(kind.model_class()), pk__in=ids)))
    seen |= keys_of(queries)
    return [activity for activity in activities if (activity.kind_id, activity.object_id) in seen]


def _scope(model, actor):
    """True for everything, a scope, or None for nothing."""
    noun = getattr(model, "noun", None)
    if noun is None or actor.reach(f"{noun}.view") == NONE:
        return None
    if not hasattr(model, "owner_id"):
        return True
    scope = actor.scope(model, "view")
    return True if scope.everything else scope


def _entries(record, actor, activities):
    own = kind_of(record).pk, record.pk
    changed = fieldchanges.rows_changed({_key(a, event) for a in activities for event in _events(a)})
    names, records = _names(activities, changed), fieldchanges.guarded(changed, record)
    return [_entry(activity, own, actor, changed, names, records) for activity in activities]


def _entry(activity, own, actor, changed, names, records):
    describer, model = describer_of(activity.verb), activity.kind.model_class()
    changes = []
    for event in _events(activity):
        columns = changed.get(_key(activity, event))
        if columns:
            changes = fieldchanges.in_words(model, columns, actor, names, records.get((model, activity.object_id)))
    facts = Facts(activity, (activity.kind_id, activity.object_id) == own, names, changes, actor)
    words = describer.words(activity, facts)
    title, body = words if isinstance(words, tuple) else (words, "")
    return Entry(
        activity.pk,
        activity.at,
        _who(activity),
        activity.via,
        activity.verb,
        describer.group,
        describer.icon,
        describer.tone,
        title,
        body,
        changes,
    )


def _events(activity):
    """The ids under which the history may know the change: the event's own, or that of the bulk change it was part of."""
    if not describer_of(activity.verb).changes:
        return []
    return [activity.pk, *([activity.data["within"]] if "within" in activity.data else [])]


def _key(activity, event):
    return activity.kind.model_class(), event, activity.object_id


def _names(activities, changed):
    """The names behind every id that the page speaks of: one query for each kind of record."""
    wanted = defaultdict(set)
    for activity in activities:
        for key, model in describer_of(activity.verb).refs.items():
            if activity.data.get(key) is not None:
                wanted[model].add(activity.data[key])
    for (model, _event, _pk), columns in changed.items():
        for related, value in fieldchanges.references(model, columns):
            wanted[related].add(value)
    return {(model, pk): str(row) for model, ids in wanted.items() for pk, row in model._base_manager.in_bulk(list(ids)).items()}


def _who(activity):
    return f"{activity.actor} · {activity.on_behalf_of}" if activity.on_behalf_of_id else str(activity.actor)
