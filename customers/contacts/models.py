"""Contacts: the people of a company, and the many ways to reach them."""

from datetime import UTC, datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Coalesce, Right
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.errors import explain_constraint
from crm.core.history import tracked
from crm.core.models import CompanyChild, Named, external_id_once, name_indexes, owned_indexes
from crm.core.scope import scoped_manager
from crm.core.sql import Bigrams
from customers.contacts.queryset import ContactQuerySet

__all__ = ["Contact", "ContactPoint", "Rule"]

LIVE = models.Q(deleted_at=None)
NEVER_FIRST = Coalesce("last_contact_at", models.Value(datetime(1, 1, 2, tzinfo=UTC)), output_field=models.DateTimeField())
FRESH_FOR = timedelta(days=180)


class DecisionRole(models.TextChoices):
    """The part a person plays when the company decides."""

    USER = "user", _("User")
    CHAMPION = "champion", _("Champion")
    INFLUENCER = "influencer", _("Influencer")
    DECISION_MAKER = "decision_maker", _("Decision maker")
    PAYER = "payer", _("Payer")
    GATEKEEPER = "gatekeeper", _("Gatekeeper")


class Gender(models.TextChoices):
    """As the person wants to be addressed."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Other")


@tracked
class Contact(Named, CompanyChild):
    """A person at a company."""

    noun = "contacts"

    company = models.ForeignKey("customers.Company", models.PROTECT, null=True, blank=True, db_index=False, related_name="contacts", verbose_name=_("company"))
    position = models.CharField(_("position"), max_length=80, blank=True)
    department = models.CharField(_("department"), max_length=80, blank=True)
    decision_role = models.CharField(_("role in the decision"), max_length=20, choices=DecisionRole.choices, blank=True)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender.choices, blank=True)
    birthday = models.DateField(_("birthday"), null=True, blank=True)
    region = models.CharField(_("region"), max_length=6, blank=True)
    source = models.CharField(_("source"), max_length=40, blank=True)
    interests = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("interests"))
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("tags"))
    notes = models.TextField(_("notes"), blank=True)
    has_left = models.BooleanField(_("has left the company"), default=False)
    last_contact_at = models.DateTimeField(_("last contact"), null=True, editable=False)
    completeness = models.PositiveSmallIntegerField(_("completeness"), default=0, editable=False)

    objects = scoped_manager(ContactQuerySet)

    class Meta:
        verbose_name, verbose_name_plural = _("contact"), _("contacts")
        indexes = [
            *owned_indexes("contact", child=True),
            *name_indexes("contact"),
            models.Index(NEVER_FIRST, "id", name="contact_contact_order", condition=LIVE),
            models.Index(fields=["completeness", "id"], name="contact_complete_order", condition=LIVE),
            models.Index(fields=["company", "id"], name="contact_of_company"),
            GinIndex(Bigrams("position"), name="contact_position"),
            GinIndex(fields=["tags"], name="contact_tags"),
        ]
        constraints = [
            external_id_once("contact"),
            models.CheckConstraint(condition=~models.Q(name=""), name="contact_has_name"),
        ]

    def __str__(self):
        return self.name


@tracked
class ContactPoint(models.Model):
    """One way to reach a person or a company: kept in one normal form, with what we know of its worth."""

    class Kind(models.TextChoices):
        MOBILE = "mobile", _("Mobile")
        LANDLINE = "landline", _("Landline")
        PHONE = "phone", _("Phone abroad")
        EMAIL = "email", _("E-mail")
        WECHAT = "wechat", _("WeChat")
        QQ = "qq", "QQ"
        WEIBO = "weibo", _("Weibo")
        LINKEDIN = "linkedin", "LinkedIn"
        OTHER = "other", _("Other")

    class State(models.TextChoices):
        UNKNOWN = "unknown", _("not checked")
        VALID = "valid", _("verified")
        INVALID = "invalid", _("invalid")

    contact = models.ForeignKey(Contact, models.CASCADE, null=True, blank=True, related_name="points")
    company = models.ForeignKey("customers.Company", models.CASCADE, null=True, blank=True, related_name="points")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    value = models.CharField(_("value"), max_length=200)
    norm = models.CharField(max_length=200, editable=False)
    digits = models.CharField(max_length=20, editable=False, blank=True, db_collation="C")
    label = models.CharField(_("label"), max_length=40, blank=True)
    is_primary = models.BooleanField(_("primary"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.UNKNOWN)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, editable=False, related_name="+")
    # Unknown of those that are older than this column: they count as being as old as their holder.
    created_at = models.DateTimeField(null=True, default=clock.now, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("contact point"), _("contact points")
        ordering = ["-is_primary", "id"]
        indexes = [
            models.Index(fields=["norm"], name="point_norm"),
            models.Index(Right("digits", 4), name="point_last_four", condition=~models.Q(digits="")),
            GinIndex(OpClass("digits", "gin_trgm_ops"), name="point_digits", condition=~models.Q(digits="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["contact", "kind", "norm"], name="point_once"),
            models.UniqueConstraint(fields=["company", "kind", "norm"], name="company_point_once"),
            models.UniqueConstraint(fields=["contact", "kind"], condition=models.Q(is_primary=True), name="one_primary_point"),
            models.CheckConstraint(
                condition=models.Q(contact__isnull=False, company=None) | models.Q(contact=None, company__isnull=False),
                name="point_has_one_holder",
            ),
        ]

    def __str__(self):
        return self.value

    @property
    def is_stale(self):
        """Whether somebody checked it, but so long ago that it may be wrong by now."""
        return self.state == self.State.VALID and self.verified_at is not None and clock.now() - self.verified_at > FRESH_FOR


class Rule(models.Model):
    """Something a person at a company must have, unless an administrator switches the rule off."""

    class Code(models.TextChoices):
        COMPANY = "company", _("A company is required")
        POSITION = "position", _("A position is required")
        WAY = "way", _("At least one way to reach the person is required")

    code = models.CharField(_("rule"), max_length=20, choices=Code.choices, unique=True)
    is_on = models.BooleanField(_("in force"), default=True)

    class Meta:
        verbose_name, verbose_name_plural = _("rule for contacts"), _("rules for contacts")
        ordering = ["id"]

    def __str__(self):
        return str(self.get_code_display())


explain_constraint("contact_external_id", "external_id", _("A contact with this external ID exists already."))
explain_constraint("point_once", "points", _("The same number or address stands there twice."))
