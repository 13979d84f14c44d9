"""Follow-ups: what we promised to do next, and when."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.core.errors import explain_constraint
from crm.core.history import tracked
from crm.core.models import CompanyChild, external_id_once, owned_indexes
from crm.core.scope import scoped_manager
from interactions.followups.queryset import FollowUpQuerySet

__all__ = ["FollowUp"]


class Channel(models.TextChoices):
    """The way we talk."""

    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    MEETING = "meeting", _("Meeting")
    VISIT = "visit", _("Visit")
    WECHAT = "wechat", _("WeChat")
    SOCIAL = "social", _("Social media")
    IM = "im", _("Instant message")


@tracked
class FollowUp(CompanyChild):
    """A promised next step with its due time and its reminder; its owner is the person who must do it."""

    noun = "followups"

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    company = models.ForeignKey("customers.Company", models.PROTECT, null=True, blank=True, db_index=False, related_name="followups", verbose_name=_("company"))
    contact = models.ForeignKey("customers.Contact", models.PROTECT, null=True, blank=True, related_name="followups", verbose_name=_("contact"))
    about_kind = models.ForeignKey(ContentType, models.PROTECT, null=True, editable=False, db_index=False, related_name="+")
    about_id = models.BigIntegerField(null=True, editable=False)
    title = models.CharField(_("what to do"), max_length=200)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, default=Channel.PHONE)
    due_at = models.DateTimeField(_("due"))
    remind_at = models.DateTimeField(_("remind at"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    interaction = models.ForeignKey("interactions.Interaction", models.PROTECT, null=True, editable=False, related_name="+")
    # The contact in which it was agreed: how often such promises are kept is what a channel is judged by (PRODUCT A10.11).
    agreed_in = models.ForeignKey("interactions.Interaction", models.PROTECT, null=True, editable=False, related_name="agreed")

    objects = scoped_manager(FollowUpQuerySet)

    class Meta:
        verbose_name, verbose_name_plural = _("follow-up"), _("follow-ups")
        indexes = [
            *owned_indexes("followup", child=True),
            models.Index(fields=["owner", "due_at"], name="followup_due", condition=models.Q(state="open")),
            models.Index(fields=["due_at", "id"], name="followup_due_walk", condition=models.Q(deleted_at=None)),
            models.Index(fields=["company", "due_at"], name="followup_of_company", condition=models.Q(state="open")),
            # Those that are done too: they go into the bin with their company, and belong to its past.
            models.Index(fields=["company", "id"], name="followup_by_company"),
            models.Index(fields=["remind_at"], name="followup_remind", condition=models.Q(state="open", reminded_at=None)),
            models.Index(fields=["about_kind", "about_id"], name="followup_about", condition=models.Q(about_id__isnull=False)),
        ]
        constraints = [external_id_once("followup")]

    def __str__(self):
        return self.title


explain_constraint("followup_external_id", "external_id", _("A follow-up with this external ID exists already."))
