"""Which acts on orders can be taken back.

What was placed or cancelled cannot: contract, opportunity and customer have gone on by it. Changed lines cannot either:
they are rows of their own, and the price was asked anew.
"""

from crm.activity.undo import Undoable, undoable
from crm.bin.undoing import deletion
from deals.orders import events
from deals.orders.models import Order


def _left_lines_alone(activity):
    return "lines" not in activity.data.get("fields", ())


def _placed_since(rows, changes, activities):
    """An order that is no draft any more stays as it was placed."""
    return {row.pk for row in rows if row.state != Order.State.DRAFT}


undoable.add(events.UPDATED, Undoable("orders.edit", fits=_left_lines_alone, stays=_placed_since))
undoable.add(events.ASSIGNED, Undoable("orders.assign"))
undoable.add(events.DELETED, deletion("orders.delete"))
