"""Taking back a change to one record or to many: the old values come from the row history.

Rooms say which of their events can be taken back: `undoable.add("companies.tagged", "companies.edit")`. A record that
was changed since keeps what it has now, and the answer says so.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.activity.fieldchanges import history_of, rows_changed
from crm.activity.ledgers import states_changed
from crm.activity.models import About, Activity
from crm.activity.ownership import carry_children, child_models, handed_over, pass_on
from crm.activity.spine import event, kind_of, record_many
from crm.core import clock
from crm.core.errors import WrongState
from crm.core.policy import allows, require
from crm.core.registry import Registry

WINDOW = timedelta(days=30)
# Events that can be taken back, each with the right one needs for it.
undoable: Registry[str] = Registry("undoable event")
KEPT_BY_ITSELF = {"updated_at", "version"}
HOLDERS = {"owner_id", "team_id", "pool_id"}


@dataclass
class Undone:
    """What came of it: records as they were before, and those left alone because somebody changed them since."""

    restored: list = field(default_factory=list)
    left: list = field(default_factory=list)


def undo(event_id: int, *, by) -> Undone:
    """Take back what an event (a whole bulk change, or the change of one record) did, within thirty days."""
    with event("activity.undone", by=by):
        activities = _activities_of(event_id)
        _check(activities, by)
        model = activities[0].kind.model_class()
        before = {pk: columns for (_m, _e, pk), columns in _changes(model, event_id, activities).items()}
        rows = model._base_manager.select_for_update(of=("self",)).filter(pk__in=before).order_by("pk")
        found, right = Undone(), undoable[activities[0].verb]
        own = activities[0].actor_id == by.pk
        for row in rows:
            untouched = (own or allows(by, right, row)) and _is_as_left(row, before[row.pk])
            (found.restored if untouched else found.left).append(row)
        _restore(model, found, before, by, {activity.object_id: activity.pk for activity in activities})
        return found


def offer(records, *, by) -> str:
    """The mark for a message that offers to take back what the person has just done to these records."""
    if not records:
        return ""
    links = About.objects.filter(kind=kind_of(records[0]), object_id=records[0].pk, activity__actor=by)
    last = links.order_by("-activity_id").select_related("activity").first()
    if last is None or last.activity.verb not in undoable:
        return ""
    return "undo:" + reverse("activity:undo", args=[last.activity.data.get("within", last.activity_id)])


def _activities_of(event_id):
    """The activities written by the event itself or as part of it; found through the history, which is indexed by event."""
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
    require(by, undoable[activities[0].verb])


def _changes(model, event_id, activities):
    return rows_changed([(model, event_id, activity.object_id) for activity in activities if activity.kind == kind_of(model)])


def _is_as_left(row, columns):
    """Whether every field that the event changed still has the value the event gave it."""
    return all(_python(row, column, new) == getattr(row, _attribute(row, column)) for column, (_old, new) in columns.items() if column not in KEPT_BY_ITSELF)


def _restore(model, found, before, by, undid):
    states = {row.pk: getattr(row, "state", "") for row in found.restored}
    by_holder = defaultdict(list)
    for row in list(found.restored):
        columns = before[row.pk]
        holder = tuple(_python(row, name, columns[name][0]) if name in columns else getattr(row, name, None) for name in ("owner_id", "pool_id"))
        by_holder[holder if HOLDERS & set(columns) else None].append(row)
    people = get_user_model().objects.in_bulk([holder[0] for holder in by_holder if holder and holder[0]])
    for holder, rows in by_holder.items():
        owner = people.get(holder[0]) if holder else None
        if owner is not None and not owner.is_active:
            found.left += rows
            found.restored = [row for row in found.restored if row not in rows]
            continue
        _put_back(model, rows, before)
        written = _give_back(model, rows, holder, owner, by, undid) if holder else _record(model, rows, by, undid)
        moved = [one for one in written if getattr(one.subject, "state", "") != states[one.subject.pk]]
        states_changed(moved, before=lambda row: states[row.pk])


def _put_back(model, rows, before):
    """Write the old values of everything but owner and pool, in one statement for each set of fields."""
    groups = defaultdict(list)
    for row in rows:
        columns = [column for column in before[row.pk] if column not in KEPT_BY_ITSELF | HOLDERS]
        for column in columns:
            setattr(row, _attribute(row, column), _python(row, column, before[row.pk][column][0]))
        row.updated_at, row.version = clock.now(), row.version + 1
        groups[tuple(columns)].append(row)
    for columns, group in groups.items():
        names = [_field(group[0], column).name for column in columns]
        model._base_manager.bulk_update(group, [*names, "updated_at", "version"], batch_size=500)


def _record(model, rows, by, undid):
    return record_many(f"{model.noun}.undone", rows, by=by, data=lambda row: {"undid": undid[row.pk]}, about=_company_of)


def _give_back(model, rows, holder, owner, by, undid):
    pool_field = model._meta.get_field("pool").related_model if holder[1] else None
    former = {row.pk: row.owner_id for row in rows if row.owner_id}
    written = handed_over(
        f"{model.noun}.undone", rows, to=owner, by=by, pool=pool_field._base_manager.get(pk=holder[1]) if pool_field else None,
        cause="undone", data=lambda row: {"undid": undid[row.pk]},
    )  # fmt: skip
    if any(child._meta.get_field("company").related_model is model for child in child_models()):
        carry_children([row.pk for row in rows], owner)
        pass_on(former, owner)
    return written


def _company_of(row):
    return [row.company] if getattr(row, "company_id", None) else []


def _field(row, column):
    return next(found for found in row._meta.concrete_fields if found.column == column)


def _attribute(row, column):
    return _field(row, column).attname


def _python(row, column, value):
    found = _field(row, column)
    return (found.target_field if found.is_relation else found).to_python(value)
