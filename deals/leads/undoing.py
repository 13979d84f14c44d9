"""Which acts on leads can be taken back.

Claiming, calling invalid and converting have verbs of their own that lead back; they are not among these.
"""

from crm.activity.undo import Undoable, undoable
from crm.bin.undoing import deletion
from deals.leads import children, events, scoring

_SCORES = frozenset({"score", "grade"})


def _customers_by_now(rows, changes, activities):
    return {row.pk for row in rows if row.is_converted}


def _closed(rows, changes, activities):
    """A lead that is no longer open, or lies in the bin, keeps its owner."""
    return {row.pk for row in rows if row.deleted_at or not row.is_open}


def _rate(row, changes):
    scoring.rate(row)
    return _SCORES


undoable.add(events.UPDATED, Undoable("leads.edit", stays=_customers_by_now, derived=_SCORES, follow=_rate))
undoable.add(events.ASSIGNED, Undoable("leads.assign", stays=_closed, carry=children.carry_holders, states=True))
undoable.add(events.RETURNED, Undoable("leads.return", stays=_closed, carry=children.carry_holders, states=True))
undoable.add(events.DELETED, deletion("leads.delete"))
