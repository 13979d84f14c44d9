"""Holding the records of a merge, and telling what became of those that are not there."""

from django.utils.translation import gettext_lazy as _

from crm.activity.ownership import upwards
from crm.core.errors import WrongState
from customers.merging.models import Merge, MergedRecord
from customers.merging.relations import moving


def hold(kind, ids, by):
    """The records by id, locked with all that hangs on them, child before parent as every verb locks.

    The lock on the records keeps out also what is just being put under them: see customers/merging/guard.py.
    """
    hold_rows(kind.model, ids)
    rows = kind.model.objects.visible_to(by, "merge").filter(pk__in=ids).select_for_update(of=("self",)).order_by("pk")
    found = {row.pk: row for row in rows.select_related(*kind.related)}
    editable = set(kind.model.objects.visible_to(by, "edit").filter(pk__in=found).values_list("pk", flat=True))
    return {pk: row for pk, row in found.items() if pk in editable}


def hold_rows(model, ids):
    """Lock what points to these records, the lowest first."""
    of = {}
    for relation in moving(model):
        if relation.model is not model:
            of.setdefault(relation.model, []).append(relation)
    for child in upwards(of):
        for relation in of.get(child, ()):
            list(relation.rows(model, ids).order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def merge_of(kind, survivor, ids):
    """The merge that made these records one already, or None."""
    others = set(ids) - {survivor.pk}
    rows = MergedRecord.objects.filter(noun=kind.noun, object_id__in=others, is_gone=True, merge__survivor_id=survivor.pk)
    merges = set(rows.values_list("merge_id", flat=True))
    if len(merges) == 1 and rows.count() == len(others):
        return Merge.objects.get(pk=merges.pop())
    return None


def out_of_reach():
    """Some of the records are not there for this person."""
    return WrongState(_("Some of the chosen records are not yours to merge, or were merged already; nothing was changed."), code="partly_out_of_reach")
