"""The ledgers of owners and states for many records in one statement."""

from crm.activity.models import OwnershipChange, StateChange
from crm.activity.spine import kind_of
from crm.core import clock
from crm.core.bulk import insert_many


def states_changed(events, *, before, after=lambda record: record.state, at=lambda record: clock.now()):
    """A row in the ledger of states for every event.

    Functions of its subject give the earlier state ("" for a new record), the present one and the moment.
    """
    insert_many(
        [
            StateChange(
                kind=kind_of(event.subject),
                object_id=event.subject.pk,
                from_state=before(event.subject),
                to_state=after(event.subject),
                actor=event.actor,
                at=at(event.subject),
                activity_id=event.id,
            )
            for event in events
        ]
    )


def owners_given(events, *, cause):
    """The first row in the ledger of ownership for every new record; those that nobody holds yet get none."""
    insert_many(
        [
            OwnershipChange(
                kind=kind_of(event.subject),
                object_id=event.subject.pk,
                to_owner_id=event.subject.owner_id,
                to_pool_id=getattr(event.subject, "pool_id", None),
                cause=cause,
                actor=event.actor,
                at=clock.now(),
                activity_id=event.id,
            )
            for event in events
            if event.subject.owner_id or getattr(event.subject, "pool_id", None)
        ]
    )
