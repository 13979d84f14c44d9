"""The summary of what customers owe; ids are plain numbers, 0 for nobody, as in the other summaries."""

from django.db import models

from crm.core.money import MoneyField

__all__ = ["OwedDay"]


class OwedDay(models.Model):
    """The instalments of one team due on one day of which something is still open, and how much."""

    team_id = models.BigIntegerField()
    co_team_id = models.BigIntegerField()
    day = models.DateField()
    instalments = models.IntegerField()
    open = MoneyField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "team_id", "co_team_id"], name="owed_day_cell")]
