"""When the periodic tasks ran, how long they took, and who asked for one out of turn."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.errors import explain_constraint

__all__ = ["TaskRun"]


class TaskRun(models.Model):
    """One run of a periodic task: asked for, begun, ended; an error where it did not end well."""

    task = models.CharField(_("task"), max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("run of a periodic task"), _("runs of periodic tasks")
        indexes = [models.Index(fields=["task", "-id"], name="runs_of_task")]
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(asked_by__isnull=False, finished_at=None), name="asked_for_once"),
        ]

    def __str__(self):
        return f"{self.task} #{self.pk}"

    @property
    def seconds(self) -> float | None:
        """How long it took."""
        return (self.finished_at - self.started_at).total_seconds() if self.started_at and self.finished_at else None


explain_constraint("asked_for_once", "", _("This task was started by hand already and is not over yet."), code="wrong_state")
