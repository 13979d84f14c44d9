"""Telling the dispatcher that there is something to read; a lost call costs one poll, never an event."""

from django.db import DatabaseError, connection, transaction

CHANNEL = "km_spine"


def after_commit():
    """Wake the dispatcher once the transaction is committed, once however many events it holds."""
    if not any(call is readers for _savepoints, call, _robust in connection.run_on_commit):
        transaction.on_commit(readers)


def readers():
    """Wake the dispatcher. Sent after the commit: NOTIFY inside a transaction would make commits queue up."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
    except DatabaseError:
        return
