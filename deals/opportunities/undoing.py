"""Which acts on opportunities can be taken back.

Moves through the stages cannot: their history is written, and moving back is a move. Neither can another company, which
has reached its second step by it.
"""

from crm.activity.undo import Undoable, undoable
from customers.companies.undoing import on_its_own
from deals.opportunities import events


def _same_company(activity):
    return "company" not in activity.data.get("fields", ())


def _moved_since(rows, changes, activities):
    """What a stage asked for stays once the opportunity has gone on."""
    return {row.pk for row in rows if row.stage_since > activities[row.pk].at}


undoable.add(events.UPDATED, Undoable("opportunities.edit", fits=_same_company, stays=_moved_since))
undoable.add(events.ASSIGNED, Undoable("opportunities.assign"))
undoable.add(events.DELETED, Undoable("opportunities.delete", fits=on_its_own))
