"""Room for the database of the house: what would be saved is refused before its disk is full, so that reading goes on (LIMITS F6).

A PostgreSQL that cannot write its log any further ends, and does not start again before there is room: then nobody could read either.
"""

import shutil

from django.conf import settings

from crm.core.errors import NoRoom, no_room

# What is noted all the same: it is small, and somebody needs it to look around and to make room.
NEEDED = ("people.", "teams.", "jobs.", "backups.", "operations.")


def refuse_without(verb: str) -> None:
    """Refuse an act whose event would be written while less room is left than the house keeps for itself (`KEMAN_ROOM_KEPT_MB`)."""
    if settings.ROOM_KEPT and not verb.startswith(NEEDED) and shutil.disk_usage(settings.DATA_DIR).free < settings.ROOM_KEPT:
        raise NoRoom(no_room())
