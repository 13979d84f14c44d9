"""When the database goes away under a worker: it waits for it and hands its job on, so that nobody waits for the end of its lease."""

import time

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from psycopg2 import DatabaseError as DriversOwn

from crm.core import clock

PAUSE = 0.5  # seconds between two attempts
# What a server says that is being shut down, has crashed or is not ready yet; of a line that broke there is no code at all.
GOING = ("57P01", "57P02", "57P03")


def means_gone(failure: Exception) -> bool:
    """Whether this failure says that the database went away, and not that it refused something."""
    code = getattr(failure.__cause__, "pgcode", None)
    if isinstance(failure, DatabaseError) and code is None and (_is_cut() or _says_nothing_more(failure)):
        return True  # of a line that is cut in the middle of a COPY or of an answer the driver only says that something is wrong
    return isinstance(failure, OperationalError | InterfaceError) and (code is None or code in GOING or code.startswith("08"))


def _says_nothing_more(failure: DatabaseError) -> bool:
    """Whether the driver has no name for it, as it has for everything that the server or it itself refuses."""
    return type(failure.__cause__) is DriversOwn


def _is_cut() -> bool:
    """Whether the line to the database is no more."""
    return connection.connection is None or bool(connection.connection.closed)


def comes_back(patience: float) -> bool:
    """Wait until the database answers, so many seconds at most; whether it does."""
    until = clock.monotonic() + patience
    while clock.monotonic() < until:
        connection.close()
        try:
            connection.ensure_connection()
        except OperationalError:
            time.sleep(PAUSE)
        else:
            return True
    return False
