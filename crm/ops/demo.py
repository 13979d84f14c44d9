"""The demo company on a first start: asking the worker to build it, and telling how far it is."""

import time
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.db import DatabaseError, connection

from crm.jobs.models import Job
from crm.ops.demo_accounts import ACCOUNTS
from crm.ops.terminal import _, say

KIND = "load_demo"  # the job's kind and the command's name
LOOK_EVERY = 2.0  # seconds


def is_wanted(marker: Path) -> bool:
    """Only on the first start of a data folder, and never over data of somebody's own."""
    return not marker.exists() and KIND in get_commands() and not get_user_model().objects.filter(is_system=False).exists()


def enqueue() -> None:
    call_command(KIND, "--background")


def say_accounts() -> None:
    """Who can sign in, once the demo company knows them."""
    if not ACCOUNTS or not get_user_model().objects.filter(username=ACCOUNTS[0].username).exists():
        return
    say(_("Demo accounts:"))
    for account in ACCOUNTS:
        say(f"  {account.username:<14} {account.password:<14} {_(account.role)}")


class Progress:
    """A line in the terminal for each tenth of the demo company, asked for now and then by the supervisor's watch."""

    def __init__(self) -> None:
        self.look_at, self.told = 0.0, -1
        self.finished = not Job.objects.filter(kind=KIND, state__in=(Job.State.QUEUED, Job.State.RUNNING)).exists()

    def __call__(self) -> None:
        if self.finished or time.monotonic() < self.look_at:
            return
        self.look_at = time.monotonic() + LOOK_EVERY
        try:
            job = Job.objects.filter(kind=KIND).latest("pk")
        except DatabaseError:  # it is being restarted; ask again
            connection.close()
            return
        self._tell(job)

    def _tell(self, job: Job) -> None:
        tenth = 10 * job.done // job.total if job.total else 0
        if tenth != self.told:
            self.told = tenth
            say("  " + _("Demo company: %(percent)d %%  %(note)s") % {"percent": 10 * tenth, "note": job.note})
        if job.state == Job.State.DONE:
            self.finished = True
            say("  " + _("Demo company: ready"))
            say_accounts()
        elif job.state in (Job.State.FAILED, Job.State.CANCELLED):
            self.finished = True
            say("  " + _("Demo company: not loaded; the reason stands on the page of background jobs."))
