"""Contracts: what both sides signed."""

from datetime import date

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from crm.core.errors import explain_constraint
from crm.core.history import tracked
from crm.core.models import CompanyChild, Named, external_id_once, name_indexes, owned_indexes
from crm.core.money import CURRENCIES, DEFAULT_CURRENCY, MoneyField
from crm.core.scope import scoped_manager
from deals.contracts.queryset import ContractQuerySet

__all__ = ["Contract"]

# A draft sorts as signed long ago: one expression for index, order and cursor.
UNSIGNED_LAST = Coalesce("signed_on", models.Value(date(1, 1, 2)), output_field=models.DateField())


@tracked
class Contract(Named, CompanyChild):
    """An agreement with a company over an amount and a time."""

    noun = "contracts"

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SIGNED = "signed", _("signed")
        EXECUTING = "executing", _("executing")
        DONE = "done", _("completed")
        ENDED = "ended", _("terminated")

    number = models.CharField(_("number"), max_length=40, unique=True, editable=False)
    company = models.ForeignKey("customers.Company", models.PROTECT, db_index=False, related_name="contracts", verbose_name=_("company"))
    opportunity = models.ForeignKey("deals.Opportunity", models.PROTECT, null=True, blank=True, related_name="contracts", verbose_name=_("opportunity"))
    amount = MoneyField(verbose_name=_("amount"))
    currency = models.CharField(_("currency"), max_length=3, choices=CURRENCIES, default=DEFAULT_CURRENCY)
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    payment_terms = models.CharField(_("payment terms"), max_length=200, blank=True)
    signatory = models.CharField(_("signed by the customer's"), max_length=80, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT, editable=False)
    end_reason = models.TextField(_("why it was terminated"), blank=True, editable=False)
    notes = models.TextField(_("notes"), blank=True)

    objects = scoped_manager(ContractQuerySet)

    class Meta:
        verbose_name, verbose_name_plural = _("contract"), _("contracts")
        indexes = [
            *owned_indexes("contract", child=True),
            *name_indexes("contract"),
            models.Index(fields=["company", "-id"], name="contract_of_company"),
            models.Index(fields=["signed_on", "id"], name="contract_signed_order"),
            models.Index(UNSIGNED_LAST, "id", name="contract_signed_walk", condition=models.Q(deleted_at=None)),
        ]
        constraints = [
            external_id_once("contract"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="contract_amount_not_negative"),
            models.CheckConstraint(
                condition=models.Q(starts_on=None) | models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="contract_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_on__isnull=False) | models.Q(state="draft"),
                name="contract_signed_has_day",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_draft(self):
        """Whether the contract can still be changed."""
        return self.state == self.State.DRAFT

    @property
    def is_in_force(self):
        """Whether orders may be placed under it."""
        return self.state in (self.State.SIGNED, self.State.EXECUTING)


explain_constraint("contract_external_id", "external_id", _("A contract with this external ID exists already."))
