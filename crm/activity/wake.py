"""Telling the dispatcher that there is something to read; a lost call costs one poll, never an event."""

from django.db import DatabaseError, connection

CHANNEL = "km_spine"


def readers():
    """Wake the dispatcher. Sent after the commit: NOTIFY inside a transaction would make commits queue up."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
    except DatabaseError:
        return
