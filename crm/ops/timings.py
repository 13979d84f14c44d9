"""How long pages take: each process counts into fine steps and hands its counts over now and then.

A count costs one look into a dictionary; every ten seconds one request of a process carries the counts to the broker's
server. Steps grow by a tenth, so that a median or a 95th percentile read from them is at most a tenth too high.
Kept by the hour for a day (the page), and in all (Prometheus, whose counters only grow).
"""

import logging
import math
import re
import threading
from collections import Counter
from dataclasses import dataclass

import redis
from django.conf import settings

from crm.core import clock
from crm.ops import broker

STEP = math.log(1.1)
EVERY = 10.0  # seconds
HOURS = 24
METHODS = {"GET": "GET", "HEAD": "GET", "POST": "POST", "PUT": "PUT", "PATCH": "PATCH", "DELETE": "DELETE"}
PREFIX = "km:timings"
log = logging.getLogger("crm.requests")
_NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True)
class Speed:
    """One page over the last day, in seconds; `page` is its method and the name of its address."""

    page: str
    count: int
    median: float
    p95: float
    longest: float


def step_of(seconds: float) -> int:
    """The step that a duration falls into; the first one is a millisecond."""
    return max(0, math.ceil(math.log(max(seconds, 0.001) * 1000) / STEP - 1e-9))


def upper(step: int) -> float:
    """The longest duration of a step, in seconds."""
    return math.exp(step * STEP) / 1000


class Book:
    """The counts of one process that were not handed over yet."""

    def __init__(self, prefix: str = PREFIX):
        self.prefix, self.lock = prefix, threading.Lock()
        self.steps: Counter = Counter()
        self.answers: Counter = Counter()
        self.handed_over = clock.monotonic()

    def record(self, page: str, status: int, seconds: float) -> None:
        """Count one answer, and carry the counts away when it is time."""
        with self.lock:
            self.steps[f"{page}|{step_of(seconds)}"] += 1
            self.answers[f"{page}|{status // 100}xx"] += 1
            self.answers[f"{page}|ms"] += round(seconds * 1000)
            is_time = clock.monotonic() - self.handed_over > EVERY
        if is_time:
            self.hand_over()

    def hand_over(self) -> None:
        """Add the counts to those of the other processes; while the broker is away they stay here."""
        with self.lock:
            steps, answers, self.steps, self.answers = self.steps, self.answers, Counter(), Counter()
            self.handed_over = clock.monotonic()
        if not steps:
            return
        try:
            with broker.line() as line:
                self._write(line.pipeline(), steps, answers)
        except redis.RedisError:
            with self.lock:
                self.steps.update(steps)
                self.answers.update(answers)

    def _write(self, pipe, steps, answers):
        hour = f"{self.prefix}:{_hour()}"
        for name, number in steps.items():
            pipe.hincrby(hour, name, number)
            pipe.hincrby(f"{self.prefix}:steps", name, number)
        for name, number in answers.items():
            pipe.hincrby(f"{self.prefix}:answers", name, number)
        pipe.expire(hour, (HOURS + 2) * 3600)
        pipe.execute()

    def speeds(self) -> list[Speed]:
        """Every page of the last day, the slowest first; raises RedisError when the broker is away."""
        with broker.line() as line:
            pipe = line.pipeline()
            for hour in range(_hour() - HOURS, _hour() + 1):
                pipe.hgetall(f"{self.prefix}:{hour}")
            found = pipe.execute()
        pages = by_page(sum((Counter({name.decode(): int(number) for name, number in hour.items()}) for hour in found), Counter()))
        return sorted((speed_of(page, steps) for page, steps in pages.items()), key=lambda speed: -speed.p95)

    def totals(self) -> tuple[dict[str, Counter], dict[str, int]]:
        """Counts since they were first kept: steps by page, and answers by "page|2xx" and "page|ms"."""
        with broker.line() as line:
            steps, answers = line.pipeline().hgetall(f"{self.prefix}:steps").hgetall(f"{self.prefix}:answers").execute()
        return by_page({name.decode(): int(number) for name, number in steps.items()}), {name.decode(): int(n) for name, n in answers.items()}


def by_page(counts) -> dict[str, Counter]:
    """Counts by page and step, from those under "page|step"."""
    pages: dict[str, Counter] = {}
    for name, number in counts.items():
        page, _bar, step = name.rpartition("|")
        if _NUMBER.fullmatch(step):
            pages.setdefault(page, Counter())[int(step)] += number
    return pages


def speed_of(page: str, steps: Counter) -> Speed:
    """Median, 95th percentile and longest out of counts by step."""
    count, order = sum(steps.values()), sorted(steps)
    return Speed(page, count, upper(_at_share(steps, order, count, 0.5)), upper(_at_share(steps, order, count, 0.95)), upper(order[-1]))


def _at_share(steps, order, count, share):
    passed = 0
    for step in order:
        passed += steps[step]
        if passed >= share * count:
            return step
    return order[-1]


def _hour():
    return int(clock.now().timestamp()) // 3600


book = Book()


class Timed:
    """Count how long each answer takes, and write it as one line of the log."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = clock.monotonic()
        response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            seconds = clock.monotonic() - began
            method = METHODS.get(request.method, "other")
            match = request.resolver_match
            # What no address of ours answers counts as one page: a stranger's inventions fill no memory.
            book.record(f"{method} {match.view_name}" if match and match.view_name else f"{method} -", response.status_code, seconds)
            facts = {"method": method, "status": response.status_code, "duration_ms": round(seconds * 1000)}
            log.info("%s %s %s", method, request.path, response.status_code, extra=facts)
        return response
