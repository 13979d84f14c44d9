"""How a deletion of many is taken back: each record with what went into the bin with it, but for what something living stands in the way of."""

from django.contrib.auth import get_user_model

from crm.activity.undo import Undoable
from crm.bin import acts
from crm.bin.belongings import of
from crm.bin.services import bring_back
from crm.bin.waysback import ways_back


def deletion(right, **more) -> Undoable:
    """The way back of a deletion; what stands in the way is what a restore from the bin would be refused for."""
    return Undoable(right, fits=_on_its_own, meets=_hindered, along=_bring_back, **more)


def _on_its_own(activity):
    """Whether it was done for itself and not as a part of something larger, which has its own way back."""
    return "because" not in activity.data


def _hindered(rows, by):
    """The ids of those that belong to something in the bin, to nobody any more, or that a live one is the same as by now."""
    return {row.pk for row, _holder in acts.holders_in_bin(rows)} | {row.pk for row in _unwelcome(rows, by)}


def _unwelcome(rows, by):
    """Those of these rows of one kind whose owner has left, and those that a live one is the same as."""
    way = ways_back.get(rows[0].noun) if rows else None
    if way is None:
        return []
    gone = set(get_user_model().objects.filter(is_active=False, pk__in={row.owner_id for row in rows}).values_list("pk", flat=True))
    return [*(row for row in rows if row.owner_id in gone), *(row for row, _obstacle in way.clashes(rows, by))]


def _bring_back(rows, changes, by):
    """Bring along what went in with these records; gives what stays in the bin, because it would clash."""
    moments = sorted({changes[row.pk]["deleted_at"][1] for row in rows if "deleted_at" in changes[row.pk]})
    ids, left = [row.pk for row in rows], {}
    for belonging in of(rows[0].noun) if moments else ():
        along = list(belonging.rows(ids).filter(deleted_at__in=moments))
        left |= {(belonging.model.noun, row.pk): row for row in _unwelcome(along, by)}
    if moments:
        bring_back(rows, moments=moments, by=by, verb=f"{rows[0].noun}.undone", left=frozenset(left))
    return list(left.values())
