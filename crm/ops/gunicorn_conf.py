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
