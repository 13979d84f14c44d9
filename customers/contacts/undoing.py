"""Which acts on people can be taken back.

Numbers and addresses that were changed cannot: they are rows of their own, and what was known of the old ones is gone.
"""

from crm.activity.undo import Undoable, undoable
from crm.bin.undoing import deletion
from customers.contacts import completeness, events


def _left_ways_alone(activity):
    return not {"added", "removed", "altered"} & set(activity.data)


def _rate(row, changes):
    row.completeness = completeness.score(row, list(row.points.all()))
    return ["completeness"]


undoable.add(events.UPDATED, Undoable("contacts.edit", fits=_left_ways_alone, derived=frozenset({"completeness"}), follow=_rate, needs=("points",)))
undoable.add(events.ASSIGNED, Undoable("contacts.assign"))
undoable.add(events.DELETED, deletion("contacts.delete"))
