"""Which acts on opportunities can be taken back.

A move through the stages can for a day: the stay in the stage before goes on as if it had not been left, and no report
counts the move; the history keeps it and its way back. Later, moving back is a move. Another company cannot be taken
back: it has reached its second step by it.
"""

from datetime import timedelta

from crm.activity.spine import state_changed
from crm.activity.undo import Undoable, undoable
from crm.bin.undoing import deletion
from crm.core import clock
from deals.opportunities import events
from deals.opportunities.models import Stage, StageChange
from deals.opportunities.stages import change_of

A_SLIP = timedelta(days=1)


def _same_company(activity):
    return "company" not in activity.data.get("fields", ())


def _moved_since(rows, changes, activities):
    """What a stage asked for stays once the opportunity has gone on."""
    return {row.pk for row in rows if row.stage_since > activities[row.pk].at}


def _moved_just_now(activity):
    return activity.at > clock.now() - A_SLIP


def _move_back(events_written, activities):
    """Both ledgers say that the stage was left again, and the history that neither move counts."""
    stages = {stage.code: stage for stage in Stage.objects.all()}
    for found in events_written:
        left = stages[activities[found.subject.pk].data["to"]]
        back = change_of(found.subject, left, found) | {"at": clock.now(), "is_taken_back": True}
        StageChange.objects.create(**back)
        state_changed(found, found.subject, from_state=left.code, to_state=found.subject.stage.code)
    moves = [activity.pk for activity in activities.values()]
    StageChange.objects.filter(opportunity__in=[found.subject for found in events_written], activity__in=moves).update(is_taken_back=True)


undoable.add(events.UPDATED, Undoable("opportunities.edit", fits=_same_company, stays=_moved_since))
undoable.add(events.MOVED, Undoable("opportunities.edit", fits=_moved_just_now, told=_move_back))
undoable.add(events.ASSIGNED, Undoable("opportunities.assign"))
undoable.add(events.DELETED, deletion("opportunities.delete"))
