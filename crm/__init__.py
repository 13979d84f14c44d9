"""Keman: the project package and the platform that carries the floors above it."""

from crm.core import garbage

garbage.search_less()  # before anything is loaded, in every process: a sixth of its start
from crm.celery import app as celery_app  # noqa: E402

__all__ = ["celery_app"]
__version__ = "0.1.0"  # the newest heading of CHANGELOG.md
