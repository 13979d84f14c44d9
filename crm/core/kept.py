"""Small tables that every request asks and hardly anybody changes: read once, kept for a few seconds."""

from collections.abc import Callable
from typing import Generic, TypeVar

from crm.core import clock

Thing = TypeVar("Thing")
SECONDS = 10


class Kept(Generic[Thing]):
    """What `load()` gave, read again after ten seconds: a change in the administration is seen soon enough everywhere."""

    def __init__(self, load: Callable[[], Thing]):
        self._load = load
        self._at: float | None = None
        self._thing: Thing | None = None

    def __call__(self) -> Thing:
        now = clock.monotonic()
        if self._at is None or now - self._at > SECONDS:
            self._at, self._thing = now, self._load()
        return self._thing

    def forget(self) -> None:
        """Read it anew at the next question."""
        self._at = None
