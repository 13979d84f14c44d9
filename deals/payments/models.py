"""Payments: what is due, what came in, what went back. Balances are sums of signed rows, never typed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.errors import explain_constraint
from crm.core.history import tracked
from crm.core.models import CompanyChild, external_id_once, owned_indexes
from crm.core.money import CURRENCIES, DEFAULT_CURRENCY, MoneyField
from crm.core.scope import scoped_manager
from deals.payments.queryset import InstalmentQuerySet, PaymentQuerySet

__all__ = ["Allocation", "Instalment", "Payment"]


@tracked
class Instalment(CompanyChild):
    """One part of an order's payment plan: an amount due on a day."""

    noun = "instalments"

    company = models.ForeignKey("customers.Company", models.PROTECT, db_index=False, related_name="instalments", verbose_name=_("company"))
    order = models.ForeignKey("deals.Order", models.PROTECT, related_name="instalments", verbose_name=_("order"))
    position = models.PositiveSmallIntegerField(_("no."))
    due_on = models.DateField(_("due"))
    amount = MoneyField(verbose_name=_("amount"))

    objects = scoped_manager(InstalmentQuerySet)

    class Meta:
        verbose_name, verbose_name_plural = _("instalment"), _("instalments")
        ordering = ["order", "position"]
        indexes = [
            *owned_indexes("instalment", child=True),
            models.Index(fields=["company", "due_on"], name="instalment_of_company"),
            models.Index(fields=["due_on", "id"], name="instalment_due_order"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="instalment_position_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="instalment_amount_positive"),
        ]


@tracked
class Payment(CompanyChild):
    """Money that moved: positive when received, negative when refunded; a bad debt is a row of its own kind.

    Nothing is ever changed or deleted here: a row is taken back by another one that `reverses` it.
    """

    noun = "payments"

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("receipt")
        REFUND = "refund", _("refund")
        BAD_DEBT = "bad_debt", _("bad debt")

    class Method(models.TextChoices):
        BANK = "bank", _("Bank transfer")
        ALIPAY = "alipay", _("Alipay")
        WECHAT = "wechat", _("WeChat Pay")
        CASH = "cash", _("Cash")
        DRAFT = "draft", _("Acceptance draft")
        OTHER = "other", _("Other")

    number = models.CharField(_("number"), max_length=40, unique=True, editable=False)
    company = models.ForeignKey("customers.Company", models.PROTECT, db_index=False, related_name="payments", verbose_name=_("company"))
    order = models.ForeignKey("deals.Order", models.PROTECT, related_name="payments", verbose_name=_("order"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.RECEIPT, editable=False)
    amount = MoneyField(verbose_name=_("amount"))
    currency = models.CharField(_("currency"), max_length=3, choices=CURRENCIES, default=DEFAULT_CURRENCY, editable=False)
    received_on = models.DateField(_("received on"))
    method = models.CharField(_("method"), max_length=10, choices=Method.choices, default=Method.BANK)
    payer = models.CharField(_("payer"), max_length=200, blank=True)
    reference = models.CharField(_("reference"), max_length=120, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    reverses = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="reversals")

    objects = scoped_manager(PaymentQuerySet)

    class Meta:
        verbose_name, verbose_name_plural = _("payment"), _("payments")
        indexes = [
            *owned_indexes("payment", child=True),
            models.Index(fields=["company", "-received_on"], name="payment_of_company"),
            models.Index(fields=["received_on", "id"], name="payment_received_order"),
            models.Index(fields=["owner", "received_on"], name="payment_owner_received"),
        ]
        constraints = [
            external_id_once("payment"),
            models.CheckConstraint(
                condition=models.Q(kind="receipt", amount__gt=0, reverses=None)
                | models.Q(kind="refund", amount__lt=0, reverses__isnull=False)
                | models.Q(kind="bad_debt", amount__gt=0, reverses=None)
                | models.Q(kind="bad_debt", amount__lt=0, reverses__isnull=False),
                name="payment_sign_fits_kind",
            ),
        ]

    def __str__(self):
        return self.number


class Allocation(models.Model):
    """Which part of a payment settles which instalment; negative rows take earlier ones back, so the sum counts."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="allocations")
    instalment = models.ForeignKey(Instalment, models.PROTECT, related_name="allocations")
    amount = MoneyField(verbose_name=_("amount"))
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name, verbose_name_plural = _("allocation"), _("allocations")
        constraints = [models.CheckConstraint(condition=~models.Q(amount=0), name="allocation_not_zero")]


explain_constraint("payment_external_id", "external_id", _("A payment with this external ID exists already."))
