"""One try at a job, as its handler sees it."""

import secrets
from contextlib import contextmanager
from copy import deepcopy
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from crm.accounts.models import User
from crm.core import clock
from crm.jobs.models import Job


class Stopped(Exception):
    """The job was cancelled, or another worker has taken it over; what was not committed is undone."""


class Run:
    """A job in the hands of a worker: who asked, with what, where to go on, and how to tell how far it is."""

    def __init__(self, job: Job, lease: int):
        self.job = job
        self.args = job.args
        self.cursor = deepcopy(job.cursor)
        self.result = deepcopy(job.result)
        self._lease = timedelta(seconds=lease)

    @property
    def by(self) -> User:
        """The person who started it, with the rights of this moment."""
        if not hasattr(self, "_by"):
            self._by = User.objects.with_rights().get(pk=self.job.actor_id)
        return self._by

    @property
    def cancelled(self) -> bool:
        """Whether to stop: for loops that do long work between two steps."""
        return not self._mine().exists()

    def catch_up(self) -> None:
        """Take over how far another process has come that works at the same try."""
        self.job.refresh_from_db(fields=["done", "total", "note", "cursor", "attempts"])
        self.cursor = deepcopy(self.job.cursor)

    def progress(self, done: int | None = None, total: int | None = None, note=None) -> None:
        """Write count, words and cursor, and keep the job for another lease, in whatever transaction is open.

        Raises Stopped, and so undoes that transaction, when the job is no longer this worker's.
        """
        job = self.job
        job.done = job.done if done is None else done
        job.total = job.total if total is None else total
        job.note = job.note if note is None else str(note)[:300]
        values = {"done": job.done, "total": job.total, "note": job.note, "lease_until": clock.now() + self._lease}
        if self.cursor != job.cursor:  # it got ahead: earlier failures no longer count
            values |= {"cursor": self.cursor, "attempts": 1}
            job.cursor = deepcopy(self.cursor)
        if not self._mine().update(**values):
            raise Stopped

    @contextmanager
    def step(self, done: int | None = None, total: int | None = None, note=None):
        """A part of the work that happens wholly or not at all, together with the cursor and the count."""
        cursor = deepcopy(self.job.cursor)
        try:
            with transaction.atomic():
                yield
                self.progress(done, total, note)
        except BaseException:
            self.job.cursor = cursor
            raise

    def new_file(self, name: str) -> Path:
        """Where to write a file for the starter, who will download it as `name`; a second try writes a new one."""
        token = secrets.token_hex(16)
        self.result["file"] = {"name": name, "token": token}
        path = file_path(self.job.pk, token)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _mine(self):
        return Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, holder=self.job.holder)


def folder(job_id: int) -> Path:
    """Where the files of a job lie."""
    return Path(settings.MEDIA_ROOT) / "jobs" / str(job_id)


def file_path(job_id: int, token: str) -> Path:
    """One file of a job: its name on the disk cannot be guessed and says nothing."""
    return folder(job_id) / token
