"""Summaries of what was sold and what came in, by month; ids are plain numbers, 0 for nobody, as in the other summaries."""

from django.db import models

from crm.core.money import MoneyField

__all__ = ["OrderedMonth", "ProductMonth", "ReceivedMonth", "TeamProductMonth"]


class Cell(models.Model):
    """One month of one team."""

    team_id = models.BigIntegerField()
    co_team_id = models.BigIntegerField()
    month = models.DateField()
    amount = MoneyField()

    class Meta:
        abstract = True


class OwnerCell(Cell):
    """One month of one owner."""

    owner_id = models.BigIntegerField()
    co_owner_id = models.BigIntegerField()

    class Meta:
        abstract = True


class ReceivedMonth(OwnerCell):
    """What came in less what went back, and in how many payments."""

    payments = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "owner_id", "team_id", "co_owner_id", "co_team_id"], name="received_month_cell")]


class OrderedMonth(OwnerCell):
    """What was ordered, and in how many orders."""

    orders = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "owner_id", "team_id", "co_owner_id", "co_team_id"], name="ordered_month_cell")]


class ProductMonth(OwnerCell):
    """How much of a product was ordered, for how much, and in how many orders."""

    product_id = models.BigIntegerField()
    quantity = models.DecimalField(max_digits=18, decimal_places=3)
    orders = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "owner_id", "team_id", "co_owner_id", "co_team_id", "product_id"], name="product_month_cell"),
        ]
        indexes = [models.Index(fields=["team_id", "co_team_id", "month"], name="product_month_team")]


class TeamProductMonth(Cell):
    """The same by team: what the firm reads."""

    product_id = models.BigIntegerField()
    quantity = models.DecimalField(max_digits=18, decimal_places=3)
    orders = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "team_id", "co_team_id", "product_id"], name="team_product_month_cell")]
