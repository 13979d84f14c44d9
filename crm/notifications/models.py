"""The inbox: what a person is told, once for each event."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.core import clock

__all__ = ["Notice"]


class Notice(models.Model):
    """One message to one person; stored as a code with facts and put into words when it is read."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", db_index=False)
    code = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    event_id = models.BigIntegerField(null=True)
    key = models.CharField(max_length=120)
    created_at = models.DateTimeField(_("when"), default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("notice"), _("notices")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_of_user"),
            models.Index(fields=["user"], name="notice_unread", condition=models.Q(read_at=None)),
        ]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notice_once")]
