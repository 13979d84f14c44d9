"""Giving rows to people: owner, team and pool change together, with a row in the ledger for each record."""

from collections import Counter
from collections.abc import Callable
from graphlib import TopologicalSorter

from django.apps import apps
from django.db.models import F

from crm.activity.models import OwnershipChange
from crm.activity.spine import kind_of, record_many
from crm.core import clock
from crm.core.models import CompanyChild
from crm.core.registry import Registry

# What people still have to do for their companies: called with `{company id: id of the former owner}` and the new owner (or
# None), it passes that on and gives back how much it was for each company.
duties: Registry[Callable[[dict, object], dict]] = Registry("duty of an owner")

# The way back, when a hand-over is undone: called with the id of its event, the kind of the records, `{id of a record: id
# of the owner who loses it again}`, the owner who gets it back and the moment of the event.
duties_back: Registry[Callable[[int, type, dict, object, object], None]] = Registry("duty on its way back")


def hand_over(verb, records, *, to, by, pool=None, cause, reason="", data=None):
    """Make `to` the owner of the records, or leave them to `pool` when it is None; set-based, one event each.

    The records must be locked, inside an open event. Gives back those that moved; children of companies
    follow by `carry_children`.
    """
    events = handed_over(verb, records, to=to, by=by, pool=pool, cause=cause, reason=reason, data=data)
    return [event.subject for event in events]


def handed_over(verb, records, *, to, by, pool=None, cause, reason="", data=None):
    """The same, for verbs that write more about each hand-over: gives back the events, whose subjects moved."""
    moved = [r for r in records if r.owner_id != (to and to.pk) or getattr(r, "pool_id", None) != (pool and pool.pk)]
    if not moved:
        return []
    before = {record.pk: (record.owner_id, getattr(record, "pool_id", None)) for record in moved}
    _move(moved, to, pool)
    found = record_many(
        verb,
        moved,
        by=by,
        about=_company_of,
        data=lambda record: {"from": before[record.pk][0], "to": to and to.pk, "cause": cause, "reason": reason} | (data(record) if data else {}),
    )
    OwnershipChange.objects.bulk_create([_row(event, before[event.subject.pk], to, pool, cause, reason) for event in found], batch_size=2000)
    return found


def carry_children(company_ids, owner):
    """Everything under these companies carries their owner and team: one UPDATE for each kind of child."""
    for model in child_models():
        model._base_manager.filter(company_id__in=company_ids).update(co_owner=owner, co_team_id=owner.team_id if owner else None)


def pass_on(former, owner):
    """What the `former` owners (by company id) still had to do for these companies falls to the new one; how much for each."""
    found = Counter()
    for duty in duties:
        found.update(duty(former, owner))
    return found


def hold_children(company_ids):
    """Lock all that lies under these companies, before the companies themselves are locked.

    Every verb locks from the child up to its company. One that began at the top would stand in their way, and they in its.
    """
    for model in upwards(child_models()):
        rows = model._base_manager.filter(company_id__in=company_ids).order_by("pk")
        list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def child_models():
    """The models whose rows lie under a company, whichever floor they live on."""
    return [model for model in apps.get_models() if issubclass(model, CompanyChild)]


def upwards(models):
    """Each model before those it points to, as locks are taken: a payment before its order, what is said about anything before all else."""
    pointing = {model: set() for model in models}
    for model in models:
        aims = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
        if hasattr(model, "about_kind"):
            aims |= {other for other in models if not hasattr(other, "about_kind")}
        for aim in aims & set(models) - {model}:
            pointing[aim].add(model)
    return TopologicalSorter(pointing).static_order()


def own(record, owner, company=None):
    """Set owner and team of a new row, and those of its company where it lies under one."""
    record.owner, record.team_id = owner, owner.team_id if owner else None
    if isinstance(record, CompanyChild) and company is not None:
        record.co_owner_id, record.co_team_id = company.owner_id, company.team_id


def _move(records, to, pool):
    model = type(records[0])
    values = {"owner": to, "team_id": to.team_id if to else None, "updated_at": clock.now()}
    if hasattr(model, "pool_id"):
        values["pool"] = pool
    model._base_manager.filter(pk__in=[record.pk for record in records]).update(version=F("version") + 1, **values)
    for record in records:
        record.version += 1
        for name, value in values.items():
            setattr(record, name, value)


def _company_of(record):
    return [record.company] if isinstance(record, CompanyChild) and record.company_id else []


def _row(event, before, to, pool, cause, reason):
    return OwnershipChange(
        kind=kind_of(event.subject),
        object_id=event.subject.pk,
        from_owner_id=before[0],
        to_owner=to,
        from_pool_id=before[1],
        to_pool=pool,
        cause=cause,
        reason=reason,
        actor=event.actor,
        at=clock.now(),
        activity_id=event.id,
    )
