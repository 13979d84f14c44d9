"""Background jobs as rows: written in the request's transaction, claimed with a lease, resumed after a crash."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.rights import ALL

__all__ = ["Job"]


class JobQuerySet(models.QuerySet):
    """Jobs by meaning."""

    def failed(self):
        """Jobs that were given up."""
        return self.filter(state=Job.State.FAILED)

    def visible_to(self, actor, action="view"):
        """The jobs this person started; all of them for whoever may see all."""
        return self if actor.reach(f"jobs.{action}") == ALL else self.filter(actor=actor)

    def due(self, moment):
        """Jobs that wait for a worker, and those whose worker has not been heard of since its lease ended."""
        waiting = Q(state=Job.State.QUEUED) & (Q(lease_until=None) | Q(lease_until__lte=moment))
        return self.filter(waiting | Q(state=Job.State.RUNNING, lease_until__lte=moment))


class Job(models.Model):
    """One piece of background work, with its progress for the page that started it."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    noun = "jobs"

    kind = models.CharField(_("kind"), max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", verbose_name=_("started by"))
    args = models.JSONField(default=dict)
    # The path the starter came by and the language he reads: the work counts as his.
    via = models.CharField(max_length=12, default="command")
    language = models.CharField(max_length=10, blank=True)
    # The id of the request that started it, for the log: whoever does it in the end, and however often.
    request_id = models.CharField(max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    # Where a killed job goes on: whatever its kind needs, committed together with the work it counts.
    cursor = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    # What the starter reads when it failed, and what an administrator needs to know.
    message = models.CharField(max_length=500, blank=True)
    error = models.TextField(_("error"), blank=True)
    # How often it was begun since it last got ahead.
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # Which worker's turn it is: a worker that was taken for dead finds another name here and stops.
    holder = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(_("created"), default=clock.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("job"), _("jobs")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "lease_until"], name="job_waiting", condition=Q(state__in=["queued", "running"])),
            models.Index(fields=["actor", "-id"], name="job_of_actor"),
        ]

    def __str__(self):
        return f"{self.kind} #{self.pk}"

    @property
    def is_over(self) -> bool:
        """Whether nothing will happen to it any more."""
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)

    @property
    def code(self) -> str:
        """What names the job in the log and in a sentence about its failure."""
        return f"J{self.pk}"

    def owners(self):
        """Whom it belongs to, for policies."""
        return {self.actor_id}

    def teams(self):
        """Jobs belong to people, never to teams."""
        return set()
