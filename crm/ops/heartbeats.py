"""Signs of life of the processes that answer no request: a key in the cache that fades when its process stops."""

import time

from django.core.cache import cache

FADES_AFTER = 45  # seconds
EVERY = 10  # seconds between two signs
PROCESSES = ("worker", "scheduler", "dispatcher")

_last: dict[str, float] = {}


def alive(process: str) -> None:
    """Leave a sign; cheap enough to be called in every turn of a loop, and never the reason that the loop ends."""
    now = time.monotonic()
    if now - _last.get(process, -EVERY) < EVERY:
        return
    _last[process] = now
    try:
        cache.set(f"alive:{process}", 1, FADES_AFTER)
    except Exception:  # noqa: BLE001, S110 - without a cache there is nothing to leave it in; the health page says so
        pass


def living() -> set[str]:
    """The processes that gave a sign lately; raises what the cache raises when it is away."""
    signs = cache.get_many([f"alive:{process}" for process in PROCESSES])
    return {process for process in PROCESSES if f"alive:{process}" in signs}

