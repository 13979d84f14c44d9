"""Leads: people who might buy, before they are customers."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Right
from django.utils.translation import gettext_lazy as _

from crm.core.errors import explain_constraint
from crm.core.history import tracked
from crm.core.models import Named, Owned, external_id_once, name_indexes, owned_indexes
from crm.core.scope import scoped_manager
from deals.leads.queryset import OPEN_STATES, LeadQuerySet

__all__ = ["Lead"]


@tracked
class Lead(Named, Owned):
    """A person or firm that showed interest; `name` is the company where it is known, else the person."""

    noun = "leads"

    class State(models.TextChoices):
        UNASSIGNED = "unassigned", _("unassigned")
        PENDING = "pending", _("not yet contacted")
        WORKING = "working", _("in contact")
        CONVERTED = "converted", _("converted")
        INVALID = "invalid", _("invalid")
        VOID = "void", _("void")

    class Grade(models.TextChoices):
        A = "A", "A"
        B = "B", "B"
        C = "C", "C"
        D = "D", "D"

    name_key = models.CharField(max_length=200, editable=False, blank=True)
    person = models.CharField(_("person"), max_length=200, blank=True)
    position = models.CharField(_("position"), max_length=80, blank=True)
    mobile = models.CharField(_("phone"), max_length=40, blank=True)
    digits = models.CharField(max_length=20, editable=False, blank=True, db_collation="C")
    email = models.CharField(_("e-mail"), max_length=200, blank=True)
    wechat = models.CharField(_("WeChat"), max_length=80, blank=True)
    source = models.CharField(_("source"), max_length=40, blank=True)
    industry = models.CharField(_("industry"), max_length=40, blank=True)
    size = models.CharField(_("size"), max_length=40, blank=True)
    region = models.CharField(_("region"), max_length=6, blank=True)
    need = models.TextField(_("need"), blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("tags"))
    grade = models.CharField(_("grade"), max_length=1, choices=Grade.choices, blank=True)
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=1, default=0)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.UNASSIGNED, editable=False)
    pool = models.ForeignKey("accounts.Pool", models.PROTECT, null=True, blank=True, db_index=False, related_name="+", verbose_name=_("pool"))
    assigned_at = models.DateTimeField(_("assigned"), null=True, editable=False)
    first_contact_at = models.DateTimeField(null=True, editable=False)
    last_contact_at = models.DateTimeField(_("last contact"), null=True, editable=False)
    last_outcome = models.CharField(max_length=20, blank=True, editable=False)
    next_step_at = models.DateTimeField(_("next step"), null=True, editable=False)
    next_step = models.CharField(max_length=200, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    invalid_reason = models.CharField(_("why invalid"), max_length=200, blank=True, editable=False)
    company = models.ForeignKey(
        "customers.Company", models.PROTECT, null=True, blank=True, editable=False, db_index=False, related_name="leads", verbose_name=_("company")
    )
    contact = models.ForeignKey("customers.Contact", models.PROTECT, null=True, blank=True, editable=False, related_name="leads", verbose_name=_("contact"))

    objects = scoped_manager(LeadQuerySet)

    class Meta:
        verbose_name, verbose_name_plural = _("lead"), _("leads")
        indexes = [
            *owned_indexes("lead", pool=True),
            *name_indexes("lead"),
            models.Index(fields=["owner", "state", "next_step_at"], name="lead_queue"),
            models.Index(fields=["score", "id"], name="lead_score_order", condition=models.Q(deleted_at=None)),
            models.Index(fields=["created_at", "id"], name="lead_created_order", condition=models.Q(deleted_at=None)),
            models.Index(fields=["name_key"], name="lead_name_key", condition=~models.Q(name_key="")),
            models.Index(fields=["mobile"], name="lead_mobile", condition=~models.Q(mobile="")),
            models.Index(fields=["email"], name="lead_email", condition=~models.Q(email="")),
            models.Index(fields=["wechat"], name="lead_wechat", condition=~models.Q(wechat="")),
            models.Index(fields=["company"], name="lead_of_company", condition=models.Q(company__isnull=False)),
            models.Index(Right("digits", 4), name="lead_last_four", condition=~models.Q(digits="")),
            GinIndex(OpClass("digits", "gin_trgm_ops"), name="lead_digits", condition=~models.Q(digits="")),
        ]
        constraints = [
            external_id_once("lead"),
            models.CheckConstraint(condition=~models.Q(name=""), name="lead_has_name"),
        ]

    def __str__(self):
        return self.name

    @property
    def is_open(self):
        """Whether the lead can still become a customer."""
        return self.state in OPEN_STATES

    @property
    def is_converted(self):
        """Whether the lead has become a customer; it is read-only then."""
        return self.state == self.State.CONVERTED


explain_constraint("lead_external_id", "external_id", _("A lead with this external ID exists already."))
