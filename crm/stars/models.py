"""A star: one person's mark on one record, seen by nobody else."""

from django.conf import settings
from django.db import models

from crm.core import clock

__all__ = ["Star"]


class Star(models.Model):
    """A record that a person wants to find again at once, by noun and id."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="stars", db_index=False)
    noun = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    set_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "noun", "object_id"], name="starred_once")]
        indexes = [models.Index(fields=["noun", "object_id"], name="star_of_record")]
