"""Which acts on feedback can be taken back; answers, waiting and resolving have verbs of their own that lead on."""

from crm.activity.undo import Undoable, undoable
from crm.bin.undoing import deletion
from crm.core import clock
from feedback.tickets import events


def _closed(rows, changes, activities):
    return {row.pk for row in rows if not row.is_open}


def _remind_again(row, changes):
    """Nobody has been reminded of a due time that lies ahead once more."""
    if "due_at" not in changes:
        return []
    if row.due_at and row.due_at > clock.now():
        row.reminded_at = None
    return ["reminded_at"]


undoable.add(events.UPDATED, Undoable("tickets.edit", stays=_closed, loose=frozenset({"reminded_at"}), follow=_remind_again))
undoable.add(events.ASSIGNED, Undoable("tickets.assign"))
undoable.add(events.DELETED, deletion("tickets.delete"))
