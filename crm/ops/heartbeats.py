"""Signs of life of the processes that answer no request: a key in the cache that fades when its process stops."""

import time
from contextlib import suppress

from django.core.cache import cache
from redis.exceptions import RedisError

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
    with suppress(RedisError):  # the health page tells that it is away; whoever beats has other work to do
        cache.set(f"alive:{process}", 1, FADES_AFTER)


def living() -> set[str]:
    """The processes that gave a sign lately; raises what the cache raises when it is away."""
    signs = cache.get_many([f"alive:{process}" for process in PROCESSES])
    return {process for process in PROCESSES if f"alive:{process}" in signs}
