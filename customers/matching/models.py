"""What the house has decided about duplicates, and who has asked to see a record that exists already."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.core import clock
from customers.matching.comparisons import COMPARISONS

__all__ = ["AccessRequest", "MatchRule"]


class Noun(models.TextChoices):
    """What rules are made for."""

    COMPANIES = "companies", _("Companies")
    CONTACTS = "contacts", _("Contacts")
    LEADS = "leads", _("Leads")


class Path(models.TextChoices):
    """By which way a record comes into the house."""

    FORM = "form", _("form")
    IMPORT = "import", _("import")
    API = "api", _("API")
    CONVERSION = "conversion", _("conversion of a lead")
    WEB_FORM = "web_form", _("web form")


class Action(models.TextChoices):
    """What happens when a rule finds somebody; the strictest rule decides."""

    BLOCK = "block", _("block")
    WARN = "warn", _("warn")
    REPORT = "report", _("allow and report")


# Which comparisons make sense for what.
FITTING = {
    Noun.COMPANIES: ("credit_code", "full_name", "name", "sound", "phone", "domain"),
    Noun.CONTACTS: ("mobile", "phone", "email", "wechat", "person", "company"),
    Noun.LEADS: ("mobile", "phone", "email", "wechat", "person", "full_name", "name", "sound", "domain"),
}
# Alone these are shared by thousands who have nothing to do with each other.
NEVER_ALONE = {"person", "company"}


class MatchRule(models.Model):
    """When somebody new is taken for somebody who is there already, and what happens then.

    `conditions` are groups of codes of comparisons: the rule holds when all of one group hold.
    """

    noun = models.CharField(_("for"), max_length=20, choices=Noun.choices)
    paths = ArrayField(models.CharField(max_length=12, choices=Path.choices), verbose_name=_("ways in"))
    conditions = models.JSONField(_("conditions"), default=list)
    action = models.CharField(_("action"), max_length=10, choices=Action.choices)
    is_active = models.BooleanField(_("in force"), default=True)
    position = models.PositiveSmallIntegerField(pgettext_lazy("order", "position"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("duplicate rule"), _("duplicate rules")
        ordering = ["noun", "position", "id"]

    def __str__(self):
        return f"{self.get_noun_display()} {self.position}"

    def clean(self):
        """Refuse what can never hold or would hold for everybody."""
        groups = self.conditions
        if not isinstance(groups, list) or not groups or not all(isinstance(group, list) and group for group in groups):
            raise ValidationError({"conditions": _("Choose at least one comparison.")})
        for group in groups:
            if strange := [code for code in group if code not in FITTING.get(self.noun, ())]:
                label = COMPARISONS[strange[0]].label if strange[0] in COMPARISONS else strange[0]
                raise ValidationError({"conditions": _("“%(comparison)s” does not fit here.") % {"comparison": label}})
            if set(group) <= NEVER_ALONE and len(group) == 1:
                raise ValidationError(
                    {"conditions": _("“%(comparison)s” alone would take strangers for one another.") % {"comparison": COMPARISONS[group[0]].label}}
                )
        if not self.paths:
            raise ValidationError({"paths": _("Choose at least one way in.")})

    def holds(self, codes):
        """Whether all of one group are among these codes."""
        return any(codes >= set(group) for group in self.conditions)


class AccessRequest(models.Model):
    """Somebody wants to see a record that he was told exists; asked twice, it is one request."""

    noun = models.CharField(max_length=20, choices=Noun.choices)
    object_id = models.BigIntegerField()
    asked_by = models.ForeignKey("accounts.User", models.CASCADE, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    granted_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+", verbose_name=_("granted by"))
    granted_at = models.DateTimeField(_("granted"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("request for access"), _("requests for access")
        constraints = [models.UniqueConstraint(fields=["noun", "object_id", "asked_by"], name="access_asked_once")]
        indexes = [models.Index(fields=["asked_by"], name="access_asked_by")]

    def __str__(self):
        return f"{self.get_noun_display()} {self.object_id}"
