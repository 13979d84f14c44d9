"""A worker that lives and takes nothing, although work waits and its hands are free.

Celery holds a place for each message that it could not acknowledge, because the broker hung at that moment (celery/worker/request.py
only writes “Couldn't ack”); with no place left it waits for ever, and its heart goes on beating. So the worker looks at the queue
itself: one that stands before it like this ends, and its supervisor starts another.
"""

import logging
import os
import threading

from celery.signals import heartbeat_sent, task_received, worker_ready
from celery.worker import state
from django.conf import settings
from redis.exceptions import RedisError

from crm.core import clock
from crm.ops import broker

LOOK_EVERY = 10  # seconds
PATIENCE = 30  # seconds in which it may end in order
log = logging.getLogger(__name__)


class Stance:
    """What the main process of a worker knows of itself: its hands, its queues, and when it last took something or looked."""

    def __init__(self, hands: int, queues: list[str]):
        self.hands, self.queues = hands, queues
        self.looked, self.doubted = clock.monotonic(), False
        self.takes()

    def takes(self) -> None:
        """It has taken something: no doubt about it."""
        self.took, self.doubted = clock.monotonic(), False

    def stands_still(self) -> bool:
        """Whether something waits that it should have taken long ago, at two looks in turn: right after the broker is back it had no time yet."""
        now, longest = clock.monotonic(), settings.WORKER_STANDS_AFTER
        if now - self.took < longest or now - self.looked < min(LOOK_EVERY, longest) or len(state.active_requests) >= self.hands:
            return False
        self.looked = now
        try:
            ages = [broker.waiting(queue).oldest for queue in self.queues]
        except RedisError:
            self.doubted = False
            return False
        before, self.doubted = self.doubted, any(age is not None and age.total_seconds() > longest for age in ages)
        return before and self.doubted


_stance: dict[str, Stance] = {}


@worker_ready.connect
def begins(sender, **_details: object) -> None:
    """From here on this process watches itself."""
    _stance["own"] = Stance(sender.controller.concurrency, list(sender.app.amqp.queues.consume_from))


@task_received.connect
def takes(**_details: object) -> None:
    """It takes what comes."""
    if "own" in _stance:
        _stance["own"].takes()


@heartbeat_sent.connect
def looks(**_details: object) -> None:
    """End in order where it stands still; at once where even that takes too long."""
    if "own" in _stance and state.should_stop is None and _stance["own"].stands_still():
        log.critical("work waits and none is taken: this worker ends, so that another begins")
        state.should_stop = os.EX_OK
        last = threading.Timer(PATIENCE, os._exit, [os.EX_SOFTWARE])
        last.daemon = True
        last.start()
