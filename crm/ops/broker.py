"""The broker as Celery leaves it: how many messages wait, and since when the oldest does."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from crm.core import clock
from crm.ops.glances import asked_once

QUEUE = "celery"
QUIET_SECONDS = 5


@dataclass(frozen=True)
class Waiting:
    """A queue at one moment."""

    messages: int
    oldest: timedelta | None = None


def client() -> redis.Redis:
    """A line to the broker that gives up at once: a page does not wait for a dead server."""
    address = settings.CACHES["default"]["LOCATION"]
    return redis.Redis.from_url(address, socket_timeout=2, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0))


_hung = {"until": 0.0}


@contextmanager
def line() -> Iterator[redis.Redis]:
    """A line for as long as the block lasts; for some seconds after the broker hung nobody waits for it again, and each gets the RedisError at once."""
    if clock.monotonic() < _hung["until"]:
        raise redis.TimeoutError("the broker hung a moment ago")
    with closing(client()) as found:
        try:
            yield found
        except redis.TimeoutError:
            _hung["until"] = clock.monotonic() + QUIET_SECONDS
            raise


def waiting(queue: str = QUEUE) -> Waiting:
    """How many messages wait and how long the oldest has; raises RedisError when the broker is away."""
    with line() as asked:
        found = asked.pipeline().llen(queue).lindex(queue, -1).execute()
    return Waiting(found[0], _age(found[1]) if found[1] else None)


@asked_once
def state() -> Waiting | None:
    """The queue of the house; None when the broker is away."""
    try:
        return waiting()
    except redis.RedisError:
        return None


@asked_once
def version() -> str:
    """Which server it is, with its version; empty when it is away."""
    try:
        with line() as asked:
            told = asked.info("server")
    except redis.RedisError:
        return ""
    if "valkey_version" in told:
        return f"Valkey {told['valkey_version']}"
    return f"Redis {told.get('redis_version', '')}"


def _age(message: bytes) -> timedelta | None:
    """Each message of ours tells when it was sent (crm/celery.py); one of another house tells nothing."""
    try:
        sent = json.loads(message)["headers"]["km_sent"]
    except (ValueError, KeyError, TypeError):
        return None
    return timedelta(seconds=max(0.0, clock.now().timestamp() - sent))
