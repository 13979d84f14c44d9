"""Summaries of opportunities; ids are plain numbers, 0 for nobody, as in the other summaries."""

from django.db import models

from crm.core.money import MoneyField

__all__ = ["OpenedMonth", "RunningMonth", "TeamRunningMonth"]


class TeamCell(models.Model):
    """The running opportunities of one team in a stage since one month."""

    team_id = models.BigIntegerField()
    co_team_id = models.BigIntegerField()
    stage_id = models.BigIntegerField()
    month = models.DateField()
    opportunities = models.IntegerField()
    amount = MoneyField()

    class Meta:
        abstract = True


class RunningMonth(TeamCell):
    """The same of one owner."""

    owner_id = models.BigIntegerField()
    co_owner_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner_id", "team_id", "co_owner_id", "co_team_id", "stage_id", "month"], name="running_month_cell"),
        ]
        indexes = [models.Index(fields=["team_id", "co_team_id", "stage_id"], name="running_month_team")]


class TeamRunningMonth(TeamCell):
    """By team: what the firm reads."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stage_id", "month", "team_id", "co_team_id"], name="team_running_month_cell")]


class OpenedMonth(models.Model):
    """The opportunities of one owner opened in one month, by the furthest stage they have come to (0 for none)."""

    owner_id = models.BigIntegerField()
    team_id = models.BigIntegerField()
    co_owner_id = models.BigIntegerField()
    co_team_id = models.BigIntegerField()
    month = models.DateField()
    furthest_id = models.BigIntegerField()
    opportunities = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "owner_id", "team_id", "co_owner_id", "co_team_id", "furthest_id"], name="opened_month_cell"),
        ]
