"""Telling the owners that feedback has fallen due."""

from django.db import transaction

from crm.activity.spine import record_many
from crm.core import clock
from feedback.tickets import events
from feedback.tickets.models import Ticket

BATCH = 500


def remind_due(*, by):
    """Announce each piece of feedback that has fallen due, once: a second run, or a late one, finds only what is left."""
    told = 0
    while batch := _remind_batch(by):
        told += batch
    return told


def _remind_batch(by):
    with transaction.atomic():
        waiting = Ticket.objects.to_remind(clock.now()).select_related("company", "contact")
        # A row that is being changed at this moment is left for the next run.
        rows = list(waiting.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk")[:BATCH])
        Ticket.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=clock.now())
        record_many(
            events.DUE,
            rows,
            by=by,
            about=lambda row: [row.company, row.contact],
            data=lambda row: {"number": row.number, "due_at": row.due_at.isoformat(), "owner": row.owner_id},
        )
        return len(rows)
