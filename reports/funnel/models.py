"""Summaries that the firm-wide pages read; a reader of the spine recomputes the touched cells (docs/adr/0005).

Ids of owners, teams and pools stand here as plain numbers, 0 for nobody, so that a cell is found by equality.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from crm.core.money import MoneyField

__all__ = ["FunnelDay", "FunnelFirmDay", "FunnelFirmMonth", "FunnelMonth", "FunnelStock", "StayMonth", "TeamStay"]


class FunnelCell(models.Model):
    """How many customers reached a step, the money they have brought in at it, and how many days each took from the step before.

    `entered` is the first of the month in which they became customers to be.
    """

    team_id = models.BigIntegerField()
    pool_id = models.BigIntegerField()
    step = models.PositiveSmallIntegerField()
    entered = models.DateField()
    customers = models.IntegerField()
    amount = MoneyField()
    waits = ArrayField(models.IntegerField())

    class Meta:
        abstract = True


class FunnelDay(FunnelCell):
    """The customers of one owner on one day: for one person or a short range."""

    owner_id = models.BigIntegerField()
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner_id", "team_id", "pool_id", "step", "entered", "day"], name="funnel_day_cell"),
        ]
        indexes = [
            models.Index(fields=["day", "step"], name="funnel_day_of"),
            models.Index(fields=["team_id", "pool_id", "step", "entered"], name="funnel_day_team"),
        ]


class FunnelMonth(FunnelCell):
    """The customers of one team in one month: for the firm and its parts."""

    month = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team_id", "pool_id", "step", "entered", "month"], name="funnel_month_cell"),
        ]
        indexes = [
            models.Index(fields=["month", "step"], name="funnel_month_of"),
            models.Index(fields=["entered", "step"], name="funnel_month_cohort"),
        ]


class FirmCell(models.Model):
    """The customers of the whole firm; `times` says how often each of `waits` came, so that medians are found in few numbers."""

    step = models.PositiveSmallIntegerField()
    entered = models.DateField()
    customers = models.IntegerField()
    amount = MoneyField()
    waits = ArrayField(models.IntegerField())
    times = ArrayField(models.IntegerField())

    class Meta:
        abstract = True


class FunnelFirmDay(FirmCell):
    """Those who reached a step on one day."""

    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "step", "entered"], name="funnel_firm_day_cell")]


class FunnelFirmMonth(FirmCell):
    """Those who reached a step in one month."""

    month = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entered", "step", "month"], name="funnel_firm_month_cell")]


class FunnelStock(models.Model):
    """The customers of one owner who stand at a step, and the money they have brought in at it."""

    owner_id = models.BigIntegerField()
    team_id = models.BigIntegerField()
    pool_id = models.BigIntegerField()
    step = models.PositiveSmallIntegerField()
    customers = models.IntegerField()
    amount = MoneyField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner_id", "team_id", "pool_id", "step"], name="funnel_stock_cell")]


class StayMonth(models.Model):
    """How many days the opportunities of one owner had stayed in a stage when they left it, by the month of leaving."""

    owner_id = models.BigIntegerField()
    team_id = models.BigIntegerField()
    co_owner_id = models.BigIntegerField()
    co_team_id = models.BigIntegerField()
    stage_id = models.BigIntegerField()
    month = models.DateField()
    days = ArrayField(models.IntegerField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner_id", "team_id", "co_owner_id", "co_team_id", "stage_id", "month"], name="stay_month_cell"),
        ]
        indexes = [models.Index(fields=["team_id", "co_team_id", "month"], name="stay_month_team")]


class TeamStay(models.Model):
    """How many stays in a stage took so many days, by team and month of leaving: the firm's medians are read from here."""

    team_id = models.BigIntegerField()
    co_team_id = models.BigIntegerField()
    stage_id = models.BigIntegerField()
    month = models.DateField()
    days = models.IntegerField()
    stays = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team_id", "co_team_id", "stage_id", "month", "days"], name="team_stay_cell")]
        indexes = [models.Index(fields=["month", "stage_id"], name="team_stay_of")]
