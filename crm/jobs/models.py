"""Background jobs as rows: written in the request's transaction, claimed with a lease, resumed after a crash."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.core import clock

__all__ = ["Job"]


class Job(models.Model):
    """One piece of background work, with its progress for the page that started it."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    kind = models.CharField(_("kind"), max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", verbose_name=_("started by"))
    args = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    # Where a killed job goes on: whatever its kind needs, committed together with the work it counts.
    cursor = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(_("created"), default=clock.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("job"), _("jobs")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "lease_until"], name="job_waiting", condition=models.Q(state__in=["queued", "running"])),
            models.Index(fields=["actor", "-id"], name="job_of_actor"),
        ]

    def __str__(self):
        return f"{self.kind} #{self.pk}"
