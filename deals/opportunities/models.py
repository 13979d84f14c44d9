"""Opportunities: chances to sell, on their way through the stages."""

from datetime import timedelta

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.errors import explain_constraint
from crm.core.history import tracked
from crm.core.models import CompanyChild, Named, external_id_once, name_indexes, owned_indexes
from crm.core.money import MoneyField
from crm.core.scope import scoped_manager
from deals.opportunities.queryset import RUNNING, OpportunityQuerySet

__all__ = ["LostReason", "Opportunity", "Stage", "StageChange"]

STAGNATION = ((1.5, "manager"), (1, "late"), (0.8, "soon"))


def in_reader_language(row):
    """The English name for readers of English where there is one, else the name."""
    return row.name_en if row.name_en and not (get_language() or "").startswith("zh") else row.name


class Stage(models.Model):
    """A step of the sale: what it is called, how likely it wins, how long one may stay, what the next step asks."""

    class Kind(models.TextChoices):
        OPEN = "open", _("open")
        PENDING_ORDER = "pending_order", _("won, order pending")
        WON = "won", _("won")
        LOST = "lost", _("lost")
        VOID = "void", _("void")

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.OPEN)
    position = models.PositiveSmallIntegerField(pgettext_lazy("order", "position"))
    probability = models.PositiveSmallIntegerField(_("probability, %"), default=0)
    max_days = models.PositiveSmallIntegerField(_("longest stay, days"), default=10)

    class Meta:
        verbose_name, verbose_name_plural = _("stage"), _("stages")
        ordering = ["position"]

    def __str__(self):
        return in_reader_language(self)


class LostReason(models.Model):
    """Why a sale was lost; reasons have two levels."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of"))
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(pgettext_lazy("order", "position"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("reason for loss"), _("reasons for loss")
        ordering = ["position", "id"]

    def __str__(self):
        return in_reader_language(self)


@tracked
class Opportunity(Named, CompanyChild):
    """A chance to sell something to a company."""

    noun = "opportunities"

    company = models.ForeignKey(
        "customers.Company", models.PROTECT, null=True, blank=True, db_index=False, related_name="opportunities", verbose_name=_("company")
    )
    contact = models.ForeignKey("customers.Contact", models.PROTECT, null=True, blank=True, related_name="opportunities", verbose_name=_("contact"))
    lead = models.ForeignKey("deals.Lead", models.PROTECT, null=True, blank=True, editable=False, related_name="opportunities", verbose_name=_("lead"))
    product = models.ForeignKey("deals.Product", models.PROTECT, null=True, blank=True, related_name="opportunities", verbose_name=_("product"))
    source = models.CharField(_("source"), max_length=40, blank=True)
    need = models.TextField(_("need"), blank=True)
    decision_path = models.TextField(_("decision and payment path"), blank=True)
    demo_note = models.TextField(_("demo record"), blank=True)
    quote_note = models.TextField(_("quote sent"), blank=True)
    test_result = models.TextField(_("test result"), blank=True)
    amount = MoneyField(verbose_name=_("expected amount"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    expected_close = models.DateField(_("expected close"), null=True, blank=True)
    pushed = models.PositiveSmallIntegerField(_("pushed"), default=0, editable=False)
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="opportunities", editable=False, verbose_name=_("stage"))
    state = models.CharField(_("state"), max_length=20, choices=Stage.Kind.choices, default=Stage.Kind.OPEN, editable=False)
    stage_since = models.DateTimeField(_("in this stage since"), editable=False)
    opened_at = models.DateTimeField(_("opened"), default=clock.now)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    last_contact_at = models.DateTimeField(_("last contact"), null=True, editable=False)
    lost_reason = models.ForeignKey(LostReason, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("reason for loss"))
    competitor = models.CharField(_("competitor"), max_length=120, blank=True, editable=False)
    lost_note = models.TextField(_("what happened"), blank=True, editable=False)

    objects = scoped_manager(OpportunityQuerySet)

    class Meta:
        verbose_name, verbose_name_plural = _("opportunity"), _("opportunities")
        indexes = [
            *owned_indexes("opportunity", child=True),
            *name_indexes("opportunity"),
            models.Index(fields=["company", "-opened_at"], name="opportunity_of_company"),
            # Carries what the heads of the board add up, so that they are read from the index alone.
            models.Index(fields=["stage", "stage_since", "id"], include=["amount", "state"], name="opportunity_stands", condition=models.Q(deleted_at=None)),
            models.Index(fields=["owner", "state", "expected_close"], name="opportunity_forecast"),
            models.Index(fields=["closed_at", "state"], name="opportunity_closed"),
        ]
        constraints = [
            external_id_once("opportunity"),
            models.CheckConstraint(condition=models.Q(amount=None) | models.Q(amount__gte=0), name="opportunity_amount_not_negative"),
        ]

    def __str__(self):
        return self.name

    @property
    def is_running(self):
        """Whether the sale is neither won nor lost nor void."""
        return self.state in RUNNING

    @property
    def days_in_stage(self):
        """Whole days since it came into its stage."""
        return (clock.now() - self.stage_since).days

    @property
    def stagnation(self):
        """How badly it stagnates: soon from 80 % of the longest stay on, late from 100 %, for the manager from 150 %."""
        if not self.is_running or not self.stage.max_days:
            return ""
        share = (clock.now() - self.stage_since) / timedelta(days=self.stage.max_days)
        return next((level for least, level in STAGNATION if share >= least), "")


class StageChange(models.Model):
    """One move of an opportunity from stage to stage; time in stage is the sum of the gaps between moves."""

    opportunity = models.ForeignKey(Opportunity, models.PROTECT, db_index=False, related_name="stage_changes")
    from_stage = models.ForeignKey(Stage, models.PROTECT, null=True, related_name="+")
    to_stage = models.ForeignKey(Stage, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    actor = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    amount = MoneyField(null=True)
    expected_close = models.DateField(null=True)
    is_override = models.BooleanField(default=False)
    # A move by mistake and its way back: both stay in the history, and no report counts them.
    is_taken_back = models.BooleanField(default=False, db_default=False)
    note = models.CharField(max_length=300, blank=True)
    activity = models.ForeignKey("activity.Activity", models.PROTECT, related_name="+", db_constraint=False, db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["opportunity", "at", "id"], name="stage_change_of"),
            models.Index(fields=["to_stage", "at"], name="stage_change_into"),
        ]


explain_constraint("opportunity_external_id", "external_id", _("An opportunity with this external ID exists already."))
