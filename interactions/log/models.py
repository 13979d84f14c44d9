"""Interactions: every call, mail, meeting and message with a customer, with what came of it."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.errors import explain_constraint
from crm.core.history import tracked
from crm.core.models import CompanyChild, external_id_once, owned_indexes
from crm.core.scope import scoped_manager
from interactions.followups.models import Channel
from interactions.log.queryset import InteractionQuerySet

__all__ = ["Interaction"]


class Outcome(models.TextChoices):
    """What came of it; the order is that of the digit keys 1 to 5."""

    INTERESTED = "interested", _("Interested")
    AGAIN = "again", _("Contact again")
    UNREACHED = "unreached", _("Not reached")
    NOT_INTERESTED = "not_interested", _("Not interested")
    WRONG_NUMBER = "wrong_number", _("Wrong number")


@tracked
class Interaction(CompanyChild):
    """One exchange with a customer; its owner is the person who had it."""

    noun = "interactions"

    company = models.ForeignKey(
        "customers.Company", models.PROTECT, null=True, blank=True, db_index=False, related_name="interactions", verbose_name=_("company")
    )
    contact = models.ForeignKey("customers.Contact", models.PROTECT, null=True, blank=True, related_name="interactions", verbose_name=_("contact"))
    # The record it was about when that is a lead or an opportunity: those floors lie above this one.
    about_kind = models.ForeignKey(ContentType, models.PROTECT, null=True, editable=False, db_index=False, related_name="+")
    about_id = models.BigIntegerField(null=True, editable=False)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    is_inbound = models.BooleanField(_("the customer contacted us"), default=False)
    at = models.DateTimeField(_("time"), default=clock.now)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    key_points = models.TextField(_("key points"), blank=True)
    question = models.TextField(_("customer's question"), blank=True)
    answer = models.TextField(_("our answer"), blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), null=True, blank=True)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)

    objects = scoped_manager(InteractionQuerySet)

    class Meta:
        verbose_name, verbose_name_plural = _("interaction"), _("interactions")
        indexes = [
            *owned_indexes("interaction", child=True),
            models.Index(fields=["company", "-at"], name="interaction_of_company"),
            models.Index(fields=["about_kind", "about_id", "-at"], name="interaction_about", condition=models.Q(about_id__isnull=False)),
            models.Index(fields=["owner", "at"], name="interaction_owner_at"),
            models.Index(fields=["at", "id"], name="interaction_at"),
        ]
        constraints = [
            external_id_once("interaction"),
            models.CheckConstraint(condition=models.Q(satisfaction=None) | models.Q(satisfaction__range=(1, 5)), name="interaction_satisfaction_1_to_5"),
        ]

    def __str__(self):
        return self.subject


explain_constraint("interaction_external_id", "external_id", _("An interaction with this external ID exists already."))
