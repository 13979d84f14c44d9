"""The summary of contacts by channel and month; ids are plain numbers, 0 for nobody, as in the other summaries."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

__all__ = ["ChannelMonth"]


class ChannelMonth(models.Model):
    """The contacts of one owner by one channel in one month, and what came of them.

    `decided` are those with a next step that was done or dropped; `undone` are the times of those whose next step is
    still open: they count as decided once they are old enough, which only the reader of the page can tell.
    """

    owner_id = models.BigIntegerField()
    team_id = models.BigIntegerField()
    co_owner_id = models.BigIntegerField()
    co_team_id = models.BigIntegerField()
    channel = models.CharField(max_length=10)
    month = models.DateField()
    contacts = models.IntegerField()
    rated = models.IntegerField()
    satisfied = models.IntegerField()
    reached = models.IntegerField()
    decided = models.IntegerField()
    undone = ArrayField(models.DateTimeField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "owner_id", "team_id", "co_owner_id", "co_team_id", "channel"], name="channel_month_cell"),
        ]
