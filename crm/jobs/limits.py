"""How much memory a worker's process may take: a job that eats more fails by itself, and not the machine under it."""

import resource
from contextlib import suppress

from celery.signals import worker_process_init
from django.conf import settings

MEGABYTE = 2**20


@worker_process_init.connect
def bound_memory(**_details) -> None:
    """Let allocations beyond the limit raise MemoryError in the job that asks for them."""
    with suppress(ValueError, OSError):  # not every system knows the limit
        _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (settings.JOB_MEMORY_MB * MEGABYTE, hard))
