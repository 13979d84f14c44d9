"""Summaries that the firm-wide pages read; a reader of the spine recomputes the touched cells (docs/adr/0005)."""

from django.db import models

from crm.core.money import MoneyField

__all__ = ["FunnelDay", "FunnelMonth"]


class Cell(models.Model):
    """How many customers of one owner entered one step of the chain in one period, and for how much."""

    period = models.DateField()
    owner = models.ForeignKey("accounts.User", models.CASCADE, null=True, related_name="+", db_index=False)
    team = models.ForeignKey("accounts.Team", models.CASCADE, null=True, related_name="+", db_index=False)
    step = models.PositiveSmallIntegerField()
    customers = models.IntegerField(default=0)
    amount = MoneyField(default=0)

    class Meta:
        abstract = True


class FunnelDay(Cell):
    """One day: for one person or a short range."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "period", "step"], nulls_distinct=False, name="funnel_day_cell")]


class FunnelMonth(Cell):
    """One month: for the firm and its teams; `period` is the first of the month."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "period", "step"], nulls_distinct=False, name="funnel_month_cell")]
