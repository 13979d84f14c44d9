"""The figures of the page for Prometheus, in its text form."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from redis.exceptions import RedisError

from crm.core.registry import Registry
from crm.jobs import history
from crm.ops import broker, heartbeats, lag, periodic, post, storage, tiles, timings, versions
from crm.ops.glances import one_look
from crm.ops.policies import require_look
from crm.ops.timings import upper

# Further figures of parts above this one: functions that yield families, registered in their plugs.
more: Registry[Callable] = Registry("figures")
EDGES = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds


@require_safe
@never_cache
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """For a program with the house's token, and for people who may see the page of operations."""
    if not _has_token(request):
        if not request.user.is_authenticated:
            return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
        require_look(request.user)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(House())
    with one_look():
        return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


class House:
    """What Prometheus collects, asked of the same functions as the page."""

    def describe(self):
        """Nothing is asked before somebody collects."""
        return []

    def collect(self):
        """Every figure of the moment; those of the broker are left out while it is away."""
        for figures in (_versions, _jobs, _tasks, _processes, _dispatcher, _mail, _storage, _pages):
            yield from figures()
        for figures in more:
            yield from figures()


def _has_token(request):
    word, _blank, given = request.headers.get("Authorization", "").partition(" ")
    wanted = settings.METRICS_TOKEN
    return bool(wanted) and word.lower() == "bearer" and secrets.compare_digest(given.encode(), wanted.encode())


def _gauge(name, text, value):
    return GaugeMetricFamily(f"keman_{name}", text, value=value)


def _labelled(name, text, labels, rows, family=GaugeMetricFamily):
    found = family(f"keman_{name}", text, labels=labels)
    for row in rows:
        found.add_metric(*row)
    return found


def _versions():
    programs = {f"{name.lower()}_version": number for name, number in versions.all_of_them().items()}
    yield _labelled("info", "Versions of the product and what it runs on.", list(programs), [(list(programs.values()), 1)])
    yield _gauge("pending_migrations", "Changes to the tables that are missing.", len(versions.pending_migrations()))


def _jobs():
    kinds = history.by_kind()
    states = ("waiting", "running", "done", "failed")
    rows = [([found.kind, state], getattr(found, state)) for found in kinds for state in states]
    yield _labelled("jobs", "Background jobs of the last thirty days.", ["kind", "state"], rows)
    rows = [([found.kind], found.median) for found in kinds if found.median is not None]
    yield _labelled("job_median_seconds", "Median time a job took that was done.", ["kind"], rows)


def _tasks():
    ended = [(task, task.last) for task in periodic.everything() if task.last and task.last.finished_at]
    rows = [([task.task], run.finished_at.timestamp()) for task, run in ended]
    yield _labelled("task_last_end_timestamp_seconds", "When a periodic task last ended.", ["task"], rows)
    rows = [([task.task], int(bool(run.error))) for task, run in ended]
    yield _labelled("task_failed", "Whether the last run of a periodic task failed.", ["task"], rows)
    rows = [([task.task], run.seconds or 0) for task, run in ended]
    yield _labelled("task_last_seconds", "How long the last run of a periodic task took.", ["task"], rows)


def _processes():
    living, waiting = tiles.alive(), broker.state()
    yield _gauge("broker_up", "Whether the broker answers.", int(living is not None))
    if living is not None:
        yield _labelled("process_up", "Processes that gave a sign of life.", ["process"], [([name], int(name in living)) for name in heartbeats.PROCESSES])
    if waiting is not None:
        yield _gauge("queue_messages", "Messages that wait for a worker.", waiting.messages)
        yield _gauge("queue_oldest_seconds", "How long the oldest of them has waited.", waiting.oldest.total_seconds() if waiting.oldest else 0)


def _dispatcher():
    found = lag.state()
    yield _gauge("dispatcher_pending", "Events their readers have not had.", found.pending)
    yield _gauge("dispatcher_lag_seconds", "How long the oldest of them has waited.", found.oldest.total_seconds() if found.oldest else 0)
    yield _gauge("dispatcher_parked", "Events a reader could not take.", found.parked)


def _mail():
    found = post.state()
    yield _labelled("letters_last_day", "Letters of the last 24 hours.", ["result"], [(["sent"], found.sent), (["failed"], found.failed)])


def _storage():
    disk = storage.room()
    yield _gauge("database_bytes", "Size of the database.", storage.database())
    yield _gauge("files_bytes", "Size of the files that were uploaded or made.", storage.files()[1])
    yield _gauge("disk_free_bytes", "Free room where the data folder is.", disk.free)
    yield _gauge("disk_total_bytes", "Size of the disk where the data folder is.", disk.total)


def _pages():
    timings.book.hand_over()
    try:
        steps, answers = timings.book.totals()
    except RedisError:
        return
    rows = [(page.rsplit("|", 1), number) for page, number in sorted(answers.items()) if page.endswith("xx")]
    yield _labelled("requests", "Answers by page and class of status.", ["page", "status"], rows, CounterMetricFamily)
    rows = [([page], _buckets(counts), answers.get(f"{page}|ms", 0) / 1000) for page, counts in sorted(steps.items())]
    yield _labelled("request_seconds", "How long answers took.", ["page"], rows, HistogramMetricFamily)


def _buckets(counts):
    """How many answers took no longer than each edge; a step that crosses an edge counts behind it."""
    found = [(str(edge), sum(number for step, number in counts.items() if upper(step) <= edge)) for edge in EDGES]
    return [*found, ("+Inf", sum(counts.values()))]
