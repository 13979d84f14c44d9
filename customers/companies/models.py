"""Companies: the customer that every other record of the house points to."""

from datetime import UTC, datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.core.errors import explain_constraint
from crm.core.history import tracked
from crm.core.models import Named, Owned, external_id_once, name_indexes, owned_indexes
from crm.core.money import MoneyField
from crm.core.scope import scoped_manager
from customers.companies.queryset import CompanyQuerySet

__all__ = ["Company", "Option", "Weight"]


LIVE = models.Q(deleted_at=None)
# A company never contacted sorts as contacted long ago: one expression for index, order and cursor.
NEVER_FIRST = Coalesce("last_contact_at", models.Value(datetime(1, 1, 2, tzinfo=UTC)), output_field=models.DateTimeField())


class Option(models.Model):
    """One value of a list that an administrator may change: industries, sources, sizes."""

    class List(models.TextChoices):
        INDUSTRY = "industry", _("industry")
        SOURCE = "source", _("source")
        SIZE = "size", _("size")

    list = models.CharField(_("list"), max_length=20, choices=List.choices)
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(pgettext_lazy("order", "position"), default=0)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name, verbose_name_plural = _("option"), _("options")
        ordering = ["list", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["list", "code"], name="option_once")]

    def __str__(self):
        return self.name


class Weight(models.Model):
    """How many points a field adds to the completeness of a record that has come so far; `step` 0 stands for every step."""

    noun = models.CharField(
        _("records"), max_length=20, choices=[("companies", _("Companies")), ("contacts", _("Contacts")), ("opportunities", _("Opportunities"))]
    )
    step = models.PositiveSmallIntegerField(_("chain"), default=0)
    field = models.CharField(_("field"), max_length=40)
    points = models.PositiveSmallIntegerField(_("points"))

    class Meta:
        verbose_name, verbose_name_plural = _("weight of completeness"), _("weights of completeness")
        ordering = ["noun", "step", "-points", "id"]
        constraints = [models.UniqueConstraint(fields=["noun", "step", "field"], name="weight_once")]

    def __str__(self):
        return f"{self.noun} · {self.field}"


class Step(models.IntegerChoices):
    """The four steps of the chain that everything hangs on."""

    POTENTIAL = 1, _("Potential")
    OPPORTUNITY = 2, _("Opportunity")
    SIGNED = 3, _("Signed")
    PAID = 4, _("Paid")


class Grade(models.TextChoices):
    """How much a company matters to us."""

    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"


@tracked
class Company(Named, Owned):
    """A customer or a customer to be: a firm with its facts, its owner and its place on the chain."""

    noun = "companies"

    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    name_key = models.CharField(max_length=200, editable=False, blank=True)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subsidiaries", verbose_name=_("group"))
    industry = models.CharField(_("industry"), max_length=40, blank=True)
    size = models.CharField(_("size"), max_length=40, blank=True)
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    revenue = MoneyField(verbose_name=_("yearly revenue"), null=True, blank=True)
    established = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    region = models.CharField(_("region"), max_length=6, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    domain = models.CharField(max_length=120, editable=False, blank=True)
    phone = models.CharField(_("switchboard"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=40, blank=True)
    grade = models.CharField(_("grade"), max_length=1, choices=Grade.choices, blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("tags"))
    notes = models.TextField(_("notes"), blank=True)
    pool = models.ForeignKey("accounts.Pool", models.PROTECT, null=True, blank=True, db_index=False, related_name="+", verbose_name=_("pool"))
    step = models.PositiveSmallIntegerField(_("chain"), choices=Step.choices, default=Step.POTENTIAL, editable=False)
    potential_at = models.DateTimeField(editable=False)
    opportunity_at = models.DateTimeField(null=True, editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)
    paid_at = models.DateTimeField(null=True, editable=False)
    last_contact_at = models.DateTimeField(_("last contact"), null=True, editable=False)
    next_step_at = models.DateTimeField(_("next step"), null=True, editable=False)
    next_step = models.CharField(max_length=200, blank=True, editable=False)
    completeness = models.PositiveSmallIntegerField(_("completeness"), default=0, editable=False)

    objects = scoped_manager(CompanyQuerySet)

    NAMED_BY = ("name", "short_name", "industry", "size")

    class Meta:
        verbose_name, verbose_name_plural = _("company"), _("companies")
        indexes = [
            *owned_indexes("company", pool=True),
            *name_indexes("company"),
            models.Index(NEVER_FIRST, "id", name="company_contact_order", condition=LIVE),
            models.Index(fields=["completeness", "id"], name="company_complete_order", condition=LIVE),
            models.Index(fields=["created_at", "id"], name="company_created_order", condition=LIVE),
            models.Index(fields=["name_key"], name="company_name_key"),
            models.Index(fields=["domain"], name="company_domain", condition=~models.Q(domain="")),
            models.Index(fields=["potential_at"], name="company_potential"),
            # Who stands at a step, by the time of coming in and of reaching it: what the funnel opens behind its worst number.
            models.Index(fields=["step", "potential_at", "id"], name="company_step_came", condition=LIVE),
            models.Index(fields=["opportunity_at", "id"], name="company_at_opportunity", condition=LIVE & models.Q(step=2)),
            models.Index(fields=["signed_at", "id"], name="company_at_signed", condition=LIVE & models.Q(step=3)),
            GinIndex(fields=["tags"], name="company_tags"),
        ]
        constraints = [
            external_id_once("company"),
            models.UniqueConstraint(
                fields=["credit_code"],
                name="company_credit_code",
                condition=~models.Q(credit_code="") & models.Q(deleted_at=None),
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="company_has_name"),
        ]

    def __str__(self):
        return self.name


explain_constraint("company_credit_code", "credit_code", _("A company with this credit code exists already."))
explain_constraint("company_external_id", "external_id", _("A company with this external ID exists already."))
