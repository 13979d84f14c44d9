"""Handing events to their readers after the commit: at least once, however often the process is killed."""

import logging
from datetime import timedelta

from django.db import connection, transaction

from crm.activity.models import Activity, Delivery
from crm.activity.readers import readers
from crm.core import clock

BATCH = 500
# A subquery with IN may be run more than once by the plan, each time for further rows past those it locked itself; a
# materialised one is run once, and the limit holds.
TAKE_SQL = """
WITH taken AS MATERIALIZED (
    SELECT activity_id FROM activity_pending ORDER BY activity_id LIMIT %s FOR UPDATE SKIP LOCKED
)
DELETE FROM activity_pending AS waiting USING taken WHERE waiting.activity_id = taken.activity_id RETURNING waiting.activity_id
"""
log = logging.getLogger(__name__)


def dispatch_batch(limit=BATCH) -> int:
    """Take one batch from the outbox, give it to every reader, commit; the number of events taken."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(TAKE_SQL, [limit])
            ids = sorted(row[0] for row in cursor.fetchall())
        if ids:
            batch = list(Activity.objects.filter(pk__in=ids).order_by("pk"))
            for name, read in readers.items():
                _give(name, read, batch)
        return len(ids)


def dispatch_all() -> int:
    """Empty the outbox and give parked events another chance if their time has come."""
    total = 0
    while taken := dispatch_batch():
        total += taken
    return total + retry_parked()


def retry_parked(limit=BATCH) -> int:
    """Try failed deliveries whose time has come; the gap doubles from 10 s up to an hour."""
    with transaction.atomic():
        due = list(Delivery.objects.select_for_update(skip_locked=True).filter(next_try__lte=clock.now()).order_by("next_try")[:limit])
        for delivery in due:
            if _try(delivery):
                delivery.delete()
        return len(due)


def _give(name, read, batch):
    try:
        with transaction.atomic():
            read(batch)
    except Exception as failure:  # one reader's fault must not cost the others their events
        if len(batch) > 1:
            for single in batch:
                _give(name, read, [single])
            return
        log.exception("reader %s failed on event %s", name, batch[0].pk)
        Delivery.objects.update_or_create(
            reader=name,
            activity=batch[0],
            defaults={"next_try": clock.now() + timedelta(seconds=10), "error": _words(failure)},
        )


def _try(delivery):
    read = readers.get(delivery.reader)
    if read is None:
        return True
    try:
        with transaction.atomic():
            read([delivery.activity])
    except Exception as failure:  # kept and shown on the operations page
        delivery.attempts += 1
        delivery.error = _words(failure)
        delivery.next_try = clock.now() + timedelta(seconds=min(3600, 10 * 2**delivery.attempts))
        delivery.save(update_fields=["attempts", "error", "next_try"])
        return False
    return True


def _words(failure):
    return f"{type(failure).__name__}: {failure}"[:2000]
