"""Orders: what was sold, line by line. Placing one is what wins an opportunity."""

from datetime import UTC, datetime

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.errors import explain_constraint
from crm.core.history import tracked
from crm.core.models import CompanyChild, external_id_once, owned_indexes
from crm.core.money import CURRENCIES, DEFAULT_CURRENCY, MoneyField
from crm.core.scope import scoped_manager
from deals.orders.queryset import OrderQuerySet

__all__ = ["Order", "OrderLine"]

# A draft sorts as placed long ago: one expression for index, order and cursor.
UNPLACED_LAST = Coalesce("placed_at", models.Value(datetime(1, 1, 2, tzinfo=UTC)), output_field=models.DateTimeField())


@tracked
class Order(CompanyChild):
    """A customer's order; its amount is the sum of its lines, kept with them in one transaction."""

    noun = "orders"

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PLACED = "placed", _("placed")
        CANCELLED = "cancelled", _("cancelled")

    number = models.CharField(_("number"), max_length=40, unique=True, editable=False)
    company = models.ForeignKey("customers.Company", models.PROTECT, db_index=False, related_name="orders", verbose_name=_("company"))
    contract = models.ForeignKey("deals.Contract", models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("contract"))
    opportunity = models.ForeignKey("deals.Opportunity", models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("opportunity"))
    amount = MoneyField(verbose_name=_("amount"), default=0, editable=False)
    currency = models.CharField(_("currency"), max_length=3, choices=CURRENCIES, default=DEFAULT_CURRENCY)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT, editable=False)
    placed_at = models.DateTimeField(_("placed"), null=True, editable=False)
    marked_special = models.BooleanField(_("special price by agreement"), default=False)
    is_special_price = models.BooleanField(_("special price"), default=False, editable=False)
    special_price_agreed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, editable=False, related_name="+")
    cancel_reason = models.TextField(_("why it was cancelled"), blank=True, editable=False)
    notes = models.TextField(_("notes"), blank=True)

    objects = scoped_manager(OrderQuerySet)

    class Meta:
        verbose_name, verbose_name_plural = _("order"), _("orders")
        indexes = [
            *owned_indexes("order", child=True),
            models.Index(fields=["company", "-id"], name="order_of_company"),
            models.Index(UNPLACED_LAST, "id", name="order_placed_walk", condition=models.Q(deleted_at=None)),
            models.Index(fields=["placed_at", "id"], name="order_placed_order", condition=models.Q(state="placed")),
            models.Index(fields=["owner", "placed_at"], name="order_owner_placed", condition=models.Q(state="placed")),
        ]
        constraints = [
            external_id_once("order"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="order_amount_not_negative"),
            models.CheckConstraint(
                condition=~models.Q(state="placed") | models.Q(placed_at__isnull=False),
                name="order_placed_has_time",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_draft(self):
        """Whether the order can still be changed."""
        return self.state == self.State.DRAFT

    @property
    def is_placed(self):
        """Whether the customer owes for it."""
        return self.state == self.State.PLACED

    @property
    def awaits_agreement(self):
        """Whether a special price still waits for the team lead."""
        return self.is_special_price and self.special_price_agreed_by_id is None


@tracked
class OrderLine(models.Model):
    """One product on an order: quantity × unit price less discount, rounded to the cent."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(default=1)
    product = models.ForeignKey("deals.Product", models.PROTECT, related_name="order_lines", verbose_name=_("product"))
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3, default=1)
    unit_price = MoneyField(verbose_name=_("unit price"))
    discount = models.DecimalField(_("discount, %"), max_digits=5, decimal_places=2, default=0)
    amount = MoneyField(verbose_name=_("amount"), editable=False)
    # Unknown of those that are older than this column: they count as being as old as their order.
    created_at = models.DateTimeField(null=True, default=clock.now, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("order line"), _("order lines")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="order_line_quantity_positive"),
            models.CheckConstraint(condition=models.Q(unit_price__gte=0), name="order_line_price_not_negative"),
            models.CheckConstraint(condition=models.Q(discount__range=(0, 100)), name="order_line_discount_0_to_100"),
        ]


explain_constraint("order_external_id", "external_id", _("An order with this external ID exists already."))
