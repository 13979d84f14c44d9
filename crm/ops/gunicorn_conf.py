"""The web server: two processes of a few threads, loaded once and shared, replaced now and then."""

import os
import sys

wsgi_app = "crm.wsgi:application"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # one import instead of one per process: quicker to the first page, less memory
timeout = 60
graceful_timeout = 8
keepalive = 5
max_requests = 10_000
max_requests_jitter = 1_000
accesslog = os.environ.get("WEB_ACCESS_LOG") or None
worker_tmp_dir = "/dev/shm" if sys.platform == "linux" and os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - heartbeats without a disk
control_socket_disable = True  # it would lie outside the data folder
proc_name = "keman"
if os.environ.get("KEMAN_LOG_FORMAT") == "json":
    logconfig_dict = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "crm.core.logs.JsonFormatter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        # The house writes a line for each request itself, with its id (crm/ops/timings.py).
        "loggers": {
            "gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False},
            "gunicorn.access": {"level": "WARNING", "propagate": False},
        },
    }


def worker_exit(_server, _worker):
    """A process that ends hands over how long its last pages took."""
    if timings := sys.modules.get("crm.ops.timings"):
        timings.book.hand_over()
