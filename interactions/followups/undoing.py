"""Which acts on follow-ups can be taken back. What was done with the customer stays done: it has its entry in the log."""

from crm.activity.undo import Undoable, undoable
from crm.core import clock
from crm.core.errors import Refusal
from interactions.followups import abouts, events
from interactions.followups.models import FollowUp
from interactions.followups.nextsteps import settle, together


def _closed(rows, changes, activities):
    return {row.pk for row in rows if row.state != FollowUp.State.OPEN}


def _needless(rows, changes, activities):
    """Of whom nothing more can be said, nothing can be promised either."""
    return {row.pk for row in rows if _refuses(abouts.record_of(row))}


def _refuses(record):
    if record is None:
        return False
    try:
        abouts.of(record).refuse(record)
    except Refusal:
        return True
    return False


def _remind_again(row, changes):
    """A reminder that lies ahead once more has not been given yet."""
    if row.remind_at and row.remind_at > clock.now():
        row.reminded_at = None
    return ["reminded_at"]


def _settle(rows, changes):
    with together():
        for row in rows:
            settle(row)


def _concerned(row):
    contact = [row._meta.get_field("contact").related_model(pk=row.contact_id)] if row.contact_id else []
    company = [row._meta.get_field("company").related_model(pk=row.company_id)] if row.company_id else []
    return [abouts.reference(row), *contact, *company]


_WAY = {"right": "followups.edit", "loose": frozenset({"reminded_at"}), "follow": _remind_again, "settle": _settle, "about": _concerned}
undoable.add(events.RESCHEDULED, Undoable(**_WAY, stays=_closed))
undoable.add(events.CANCELLED, Undoable(**_WAY, stays=_needless))
