"""Taking back a change to one record or to many: the old values come from the row history.

Rooms say which of their events can be taken back, and what follows from the old values:
`undoable.add("companies.updated", Undoable("companies.edit", follow=…))`. A record that was changed since keeps what it
has now, and the answer says so.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import F, Q, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.activity import ownership
from crm.activity.fieldchanges import history_of, rows_changed
from crm.activity.ledgers import states_changed
from crm.activity.models import About, Activity
from crm.activity.spine import event, kind_of, lock, record_many
from crm.core import clock
from crm.core.errors import WrongState
from crm.core.models import CompanyChild
from crm.core.policy import allows, require
from crm.core.registry import Registry

WINDOW = timedelta(days=30)
KEPT_BY_ITSELF = {"updated_at", "version"}
HOLDERS = {"owner_id", "team_id", "pool_id"}
# What a row carries of its owner and its company follows them, whatever it was before.
CARRIED = {"team_id", "co_owner_id", "co_team_id"}


def company_of(row):
    """The company on whose timeline the undoing stands too, by its key alone."""
    if not getattr(row, "company_id", None):
        return []
    return [row._meta.get_field("company").related_model(pk=row.company_id)]


@dataclass(frozen=True)
class Undoable:
    """How an event is taken back: the right one needs, and what the old values alone would leave untrue.

    `fits` (activity) says whether the old row is all there is to put back; `stays` (rows, changes by id, activities by
    id) names the ids of rows that must be left alone, `meets` (rows, by) of those which others stand in the way of;
    `loose` are columns that others write too and that make no row changed; `derived` are those that follow from others
    and are not put back; `follow` (row, its changes) sets what follows and gives the names of the fields, of what it `needs` of other tables all is
    read at once; `settle` (rows,
    changes by id) brings along what hangs on the rows, and `along` (rows, changes by id, by) what went into the bin with
    them, but for what it gives back; `told` (events, activities by id) keeps a room's own ledgers. Of a hand-over, `hold`
    (ids) locks what lies under the rows before them, `carry` (ids, owner) lets it follow; `states` says that the ledger of
    states is kept for these records. An act that was made of several verbs has its own way back in `whole` (activity, by),
    which gives what came of it.
    """

    right: str
    fits: Callable = lambda activity: True
    stays: Callable = lambda rows, changes, activities: set()
    meets: Callable = lambda rows, by: set()
    loose: frozenset = frozenset()
    derived: frozenset = frozenset()
    follow: Callable = lambda row, changes: ()
    needs: tuple[str, ...] = ()
    settle: Callable = lambda rows, changes: None
    along: Callable = lambda rows, changes, by: ()
    told: Callable = lambda events, activities: None
    hold: Callable = lambda ids: None
    carry: Callable = lambda ids, owner: None
    about: Callable = company_of
    states: bool = False
    whole: Callable | None = None


# Events that can be taken back, and how.
undoable: Registry[Undoable] = Registry("undoable event")


@dataclass
class Undone:
    """What came of it: records as they were before, and those left alone: changed since, or something stands in their way."""

    restored: list = field(default_factory=list)
    left: list = field(default_factory=list)


@dataclass
class Undoing:
    """One such act on its way: the event that is taken back, what it changed and what it left in the spine."""

    event_id: int
    model: type
    way: Undoable
    by: object
    changes: dict
    activities: dict

    def data_of(self, row):
        """What the spine keeps: the event that was taken back for this row."""
        return {"undid": self.activities[row.pk].pk}


def undo(event_id: int, *, by) -> Undone:
    """Take back what an event (a whole bulk change, or the change of one record) did, within thirty days."""
    with event("activity.undone", by=by):
        activities = _activities_of(event_id)
        _check(activities, by)
        if (whole := undoable[activities[0].verb].whole) is not None:
            return whole(activities[0], by=by)
        model = activities[0].kind.model_class()
        its = {activity.object_id: activity for activity in activities if activity.kind == kind_of(model)}
        changes = {pk: columns for (_m, _e, pk), columns in _changes(model, event_id, its).items()}
        act = Undoing(event_id, model, undoable[activities[0].verb], by, changes, its)
        act.way.hold(list(changes))
        rows = list(model._base_manager.select_for_update(of=("self",), no_key=True).filter(pk__in=changes).order_by("pk"))
        stay = act.way.stays(rows, changes, its) | act.way.meets(rows, by)
        found = Undone()
        for row in rows:
            (found.restored if row.pk not in stay and _may_go_back(act, row) else found.left).append(row)
        _restore(act, found)
        return found


def offer(records, *, by, since) -> str:
    """The mark for a message that offers to take back what the person has done to these records since that moment."""
    if not records:
        return ""
    kind = kind_of(records[0])
    links = About.objects.filter(kind=kind, object_id__in=[record.pk for record in records], at__gte=since, activity__actor=by)
    own = links.filter(activity__kind=kind, activity__object_id=F("object_id"))
    last = own.order_by("-activity_id").select_related("activity").first()
    if last is None or not _fits(last.activity):
        return ""
    return "undo:" + reverse("activity:undo", args=[last.activity.data.get("within", last.activity_id)])


def _fits(activity):
    way = undoable.get(activity.verb)
    return way is not None and way.fits(activity)


def _may_go_back(act, row):
    """Whoever handed a row over may have lost it by that; every other change is taken back by those who reach the row."""
    changes = act.changes[row.pk]
    gave_away = bool({"owner_id", "pool_id"} & set(changes)) and act.activities[row.pk].actor_id == act.by.pk
    return (gave_away or allows(act.by, act.way.right, row)) and _fits(act.activities[row.pk]) and _is_as_left(act, row)


def _activities_of(event_id):
    """The activities written by the event itself or as part of it; found through the history, which is indexed by event."""
    first = Activity.objects.filter(pk=event_id).select_related("kind").first()
    if first and first.verb in undoable and undoable[first.verb].whole:
        return [first]
    models = [model for model in _tracked() if hasattr(model, "noun")]
    parts = " UNION ALL ".join(
        f"SELECT {kind_of(model).pk}, pgh_obj_id FROM {history_of(model)._meta.db_table} "  # noqa: S608 - our own names
        "WHERE ((pgh_context -> 'event'))::bigint = %s"
        for model in models
    )
    with connection.cursor() as cursor:
        cursor.execute(parts, [event_id] * len(models))
        touched = defaultdict(set)
        for kind, pk in cursor.fetchall():
            touched[kind].add(pk)
    links = Q(pk__in=[])
    for kind, ids in touched.items():
        links |= Q(kind_id=kind, object_id__in=ids, activity_id__gte=event_id)
    wanted = About.objects.filter(links).values_list("activity_id", flat=True)
    return list(Activity.objects.filter(Q(pk=event_id) | Q(data__within=event_id), pk__in=list(wanted)).select_related("kind").order_by("pk"))


def _tracked():
    from_kinds = {model for model in get_user_model()._meta.apps.get_models() if history_of(model)}
    return sorted(from_kinds, key=lambda model: model._meta.label)


def _check(activities, by):
    if not activities or activities[0].verb not in undoable:
        raise WrongState(_("This cannot be taken back."), code="not_undoable")
    if activities[0].at < clock.now() - WINDOW:
        raise WrongState(_("This is more than 30 days ago and cannot be taken back any more."), code="too_late")
    require(by, undoable[activities[0].verb].right)


def _changes(model, event_id, ids):
    return rows_changed([(model, event_id, pk) for pk in ids])


def _is_as_left(act, row):
    """Whether every field that the event changed still has the value the event gave it."""
    passed_over = KEPT_BY_ITSELF | CARRIED | act.way.derived | act.way.loose
    changes = act.changes[row.pk]
    return all(_python(row, name, new) == getattr(row, _attribute(row, name)) for name, (_old, new) in changes.items() if name not in passed_over)


def _restore(act, found):
    states = {row.pk: getattr(row, "state", "") for row in found.restored}
    by_holder = defaultdict(list)
    for row in found.restored:
        by_holder[_former_holder(row, act.changes[row.pk])].append(row)
    people = get_user_model().objects.in_bulk([holder[0] for holder in by_holder if holder and holder[0]])
    found.restored = []
    for holder, rows in by_holder.items():
        owner = people.get(holder[0]) if holder else None
        if owner is not None and not owner.is_active:
            found.left += rows
            continue
        found.restored += rows
        _put_back(act, rows)
        written = _give_back(act, rows, holder, owner) if holder else _record(act, rows)
        act.way.settle(rows, act.changes)
        found.left += act.way.along(rows, act.changes, act.by)
        act.way.told(written, act.activities)
        if act.way.states:
            states_changed([one for one in written if one.subject.state != states[one.subject.pk]], before=lambda row: states[row.pk])


def _former_holder(row, changes):
    """Owner and pool before the event; None where it changed neither."""
    if not {"owner_id", "pool_id"} & set(changes):
        return None
    return tuple(_python(row, name, changes[name][0]) if name in changes else getattr(row, name, None) for name in ("owner_id", "pool_id"))


def _put_back(act, rows):
    """Write the old values of everything but owner and pool, and what follows from them; a statement for each set of fields."""
    groups = defaultdict(list)
    prefetch_related_objects(rows, *act.way.needs)
    for row in rows:
        changes = act.changes[row.pk]
        columns = [column for column in changes if column not in KEPT_BY_ITSELF | HOLDERS | CARRIED | act.way.derived]
        for column in columns:
            setattr(row, _attribute(row, column), _python(row, column, changes[column][0]))
        names = {_field(row, column).name for column in columns} | set(act.way.follow(row, changes))
        if "company_id" in changes and isinstance(row, CompanyChild):
            names |= _carry_company(row)
        row.updated_at, row.version = clock.now(), row.version + 1
        groups[tuple(sorted(names))].append(row)
    for names, group in groups.items():
        act.model._base_manager.bulk_update(group, [*names, "updated_at", "version"], batch_size=500)


def _carry_company(row):
    company = lock(row.company) if row.company_id else None
    row.co_owner_id, row.co_team_id = (company.owner_id, company.team_id) if company else (None, None)
    return {"co_owner", "co_team"}


def _record(act, rows):
    return record_many(f"{act.model.noun}.undone", rows, by=act.by, data=act.data_of, about=act.way.about)


def _give_back(act, rows, holder, owner):
    pools = act.model._meta.get_field("pool").related_model if holder[1] else None
    pool = pools._base_manager.get(pk=holder[1]) if pools else None
    takers = {row.pk: row.owner_id for row in rows}
    written = ownership.handed_over(f"{act.model.noun}.undone", rows, to=owner, by=act.by, pool=pool, cause="undone", data=act.data_of)
    act.way.carry([row.pk for row in rows], owner)
    since = min(act.activities[row.pk].at for row in rows)
    for give_back in ownership.duties_back:
        give_back(act.event_id, act.model, takers, owner, since)
    return written


def _field(row, column):
    return next(found for found in row._meta.concrete_fields if found.column == column)


def _attribute(row, column):
    return _field(row, column).attname


def _python(row, column, value):
    found = _field(row, column)
    return (found.target_field if found.is_relation else found).to_python(value)
