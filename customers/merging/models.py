"""The journal of merges: what was put together into what, every row that moved, every value that changed."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.core import clock

__all__ = ["Merge", "MergeMove", "MergedRecord"]

WINDOW = timedelta(days=30)


class Merge(models.Model):
    """Several records of one kind that became one; it can be taken back for thirty days."""

    noun = models.CharField(max_length=40)
    survivor_id = models.BigIntegerField()
    event_id = models.BigIntegerField()
    at = models.DateTimeField(_("merged"), default=clock.now)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False, verbose_name=_("by"))
    undone_at = models.DateTimeField(_("taken back"), null=True)
    undone_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    # What stayed on the survivor when it was taken back, in codes and ids: for the page that lists it.
    stayed = models.JSONField(default=dict)

    class Meta:
        verbose_name, verbose_name_plural = _("merge"), _("merges")
        indexes = [models.Index(fields=["noun", "survivor_id", "-id"], name="merge_of_survivor")]

    def __str__(self):
        return f"{self.noun} #{self.survivor_id}"

    @property
    def is_open(self):
        """Whether it is in force and lies within the time in which it can be taken back."""
        return self.undone_at is None and clock.now() - self.at <= WINDOW


class MergedRecord(models.Model):
    """One of the records of a merge, with its values before; of the survivor also those after."""

    merge = models.ForeignKey(Merge, models.PROTECT, related_name="records")
    noun = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    # True while the record lives on in the survivor; False for the survivor itself and once the merge was taken back.
    is_gone = models.BooleanField(default=False)
    before = models.JSONField()
    after = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["noun", "object_id"], name="merged_record_of")]
        constraints = [models.UniqueConstraint(fields=["noun", "object_id"], condition=models.Q(is_gone=True), name="merged_away_once")]


class MergeMove(models.Model):
    """One row that pointed to a merged record and points to the survivor now; or one figure of such a row, from and to."""

    merge = models.ForeignKey(Merge, models.PROTECT, related_name="moves", db_index=False)
    kind = models.ForeignKey(ContentType, models.PROTECT, related_name="+", db_index=False)
    field = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    from_id = models.BigIntegerField()
    to_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["merge", "kind", "field"], name="moves_of_merge")]
