"""Emptying the bin: what has lain there long enough is removed for good, what anything else refers to stays.

Batch by batch, each a transaction of its own: killed anywhere, the next run goes on where nothing was done yet. The events
of a record and its old rows stay, as the audit is kept longer than the bin.
"""

from collections.abc import Callable
from datetime import timedelta

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CASCADE, Model, ProtectedError

from crm.accounts.models import Share
from crm.activity.ownership import upwards
from crm.activity.spine import event, kind_of, record_many
from crm.bin.models import days_kept
from crm.core import clock
from crm.core.models import Record
from crm.core.registry import Registry
from crm.core.successors import without_successor

BATCH = 200
# What goes with records that are removed for good, called in the same transaction: (model, records).
partings: Registry[Callable[[type[Model], list], None]] = Registry("parting from removed records")
# Rows that are a part of a record although they protect it: "deals.StageChange.opportunity".
parts: Registry[tuple[type[Model], str]] = Registry("part of a record")


def empty(*, by) -> dict:
    """Remove for good what was deleted before the days of the bin began; how many of each noun."""
    before = clock.now() - timedelta(days=days_kept())
    found = {model.noun: _remove(model, before, by) for model in upwards(_models())}
    return {noun: number for noun, number in found.items() if number}


def _models():
    return [model for model in apps.get_models() if issubclass(model, Record) and hasattr(model, "noun")]


def _remove(model, before, by):
    removed, last = 0, 0
    while True:
        rows = without_successor(model._base_manager.filter(deleted_at__lt=before, pk__gt=last)).order_by("pk")
        ids = list(rows.values_list("pk", flat=True)[:BATCH])
        if not ids:
            return removed
        removed, last = removed + _batch(model, ids, before, by), ids[-1]


def _batch(model, ids, before, by):
    """Remove those of these rows to which nothing refers."""
    try:
        with event(f"{model.noun}.removed", by=by):
            rows = list(_free(model, ids, before).select_for_update(of=("self",), skip_locked=True).order_by("pk"))
            if rows:
                _part(model, rows, by)
            return len(rows)
    except (ProtectedError, IntegrityError):
        # Somebody pointed to one of them meanwhile: each by itself, and that one another night.
        return sum(_batch(model, [pk], before, by) for pk in ids) if len(ids) > 1 else 0


def _part(model, rows, by):
    ids = [row.pk for row in rows]
    record_many(f"{model.noun}.removed", rows, by=by, data=lambda row: {"name": str(row)[:200]}, about=_company_of)
    for parting in partings:
        parting(model, rows)
    Share.objects.filter(noun=model.noun, object_id__in=ids).delete()
    for part, field in parts:
        if part._meta.get_field(field).related_model is model:
            part._base_manager.filter(**{f"{field}__in": ids}).delete()
    with transaction.atomic():
        model._base_manager.filter(pk__in=ids).delete()


def _free(model, ids, before):
    """Those of these rows which lie in the bin still, and which no row that stays refers to."""
    rows = model._base_manager.filter(pk__in=ids, deleted_at__lt=before)
    for other, field in _pointing(model):
        rows = rows.exclude(pk__in=other._base_manager.filter(**{f"{field}__in": ids}).values(field))
    for other in apps.get_models():
        if issubclass(other, Record) and hasattr(other, "about_kind"):
            rows = rows.exclude(pk__in=other._base_manager.filter(about_kind=kind_of(model), about_id__in=ids).values("about_id"))
    return rows


def _pointing(model):
    """The foreign keys that hold rows of this model fast: all but those of its own parts."""
    own = {(part, field) for part, field in parts}
    for relation in model._meta.related_objects:
        pointing = relation.related_model, relation.field.name
        if relation.on_delete is not CASCADE and relation.field.db_constraint and pointing not in own:
            yield pointing


def _company_of(row):
    """On whose timeline the removal stands, beside its own."""
    return [row._meta.get_field("company").related_model(pk=row.company_id)] if getattr(row, "company_id", None) else []
