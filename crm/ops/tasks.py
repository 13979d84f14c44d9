"""What the worker does for the house besides its jobs."""

from celery.signals import heartbeat_sent

from crm.ops import stalling, watching
from crm.ops.heartbeats import alive

__all__ = ["stalling", "watching", "worker_is_alive"]


@heartbeat_sent.connect
def worker_is_alive(**_details: object) -> None:
    """The worker's main process beats also while its hands are full; a task in the queue would wait behind them."""
    alive("worker")
