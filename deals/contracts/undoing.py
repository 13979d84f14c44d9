"""Which acts on contracts can be taken back.

What was signed, started or ended cannot: customers and opportunities have gone on by it, and it has verbs of its own.
"""

from crm.activity.undo import KEPT_BY_ITSELF, Undoable, undoable
from crm.bin.undoing import deletion
from deals.contracts import events
from deals.contracts.cleaning import OPEN_FIELDS
from deals.contracts.models import Contract


def _signed_since(rows, changes, activities):
    """A contract that is no draft any more keeps all but what may be written at any time."""
    return {row.pk for row in rows if row.state != Contract.State.DRAFT and set(changes[row.pk]) - OPEN_FIELDS - KEPT_BY_ITSELF}


undoable.add(events.UPDATED, Undoable("contracts.edit", stays=_signed_since))
undoable.add(events.ASSIGNED, Undoable("contracts.assign"))
undoable.add(events.DELETED, deletion("contracts.delete"))
