"""Keman: the project package and the platform that carries the floors above it."""

from crm.celery import app as celery_app

__all__ = ["celery_app"]
__version__ = "0.1.0"  # the newest heading of CHANGELOG.md
