"""Feedback: what customers tell us, who answers, and by when."""

from datetime import UTC, datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.core.errors import explain_constraint
from crm.core.history import tracked
from crm.core.models import CompanyChild, Named, external_id_once, name_indexes, owned_indexes
from crm.core.scope import scoped_manager
from feedback.tickets.queryset import OPEN_STATES, RUNNING_STATES, TicketQuerySet

__all__ = ["Ticket"]

# Feedback without a due time comes last: one expression for index, order and cursor.
DUE_LAST = Coalesce("due_at", models.Value(datetime(9998, 1, 1, tzinfo=UTC)), output_field=models.DateTimeField())


@tracked
class Ticket(Named, CompanyChild):
    """One piece of feedback, from the moment it came in until the customer has an answer; `name` is its subject."""

    noun = "tickets"

    class Category(models.TextChoices):
        PRODUCT = "product", _("Product experience")
        SERVICE = "service", _("Service quality")
        SUGGESTION = "suggestion", _("Suggestion")
        COMPLAINT = "complaint", _("Complaint")
        ENQUIRY = "enquiry", _("Enquiry")

    class Priority(models.TextChoices):
        P1 = "P1", _("P1 urgent")
        P2 = "P2", _("P2 high")
        P3 = "P3", _("P3 normal")
        P4 = "P4", _("P4 low")

    class Channel(models.TextChoices):
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail")
        WECHAT = "wechat", _("WeChat")
        WEB = "web", _("Web form")
        VISIT = "visit", _("Visit")
        OTHER = "other", _("Other")

    class State(models.TextChoices):
        NEW = "new", _("new")
        WORKING = "working", _("in progress")
        WAITING = "waiting", _("waiting for the customer")
        RESOLVED = "resolved", _("resolved")
        CLOSED = "closed", pgettext_lazy("feedback", "closed")

    number = models.CharField(_("number"), max_length=40, unique=True, editable=False)
    company = models.ForeignKey("customers.Company", models.PROTECT, null=True, blank=True, db_index=False, related_name="tickets", verbose_name=_("company"))
    contact = models.ForeignKey("customers.Contact", models.PROTECT, null=True, blank=True, related_name="tickets", verbose_name=_("contact"))
    product = models.ForeignKey("deals.Product", models.PROTECT, null=True, blank=True, related_name="tickets", verbose_name=_("product"))
    category = models.CharField(_("category"), max_length=12, choices=Category.choices)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("tags"))
    content = models.TextField(_("what the customer said"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, default=Channel.PHONE)
    priority = models.CharField(_("priority"), max_length=2, choices=Priority.choices, default=Priority.P3)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW, editable=False)
    received_at = models.DateTimeField(_("received"))
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    first_response_at = models.DateTimeField(null=True, editable=False)
    resolved_at = models.DateTimeField(_("resolved"), null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    resolution = models.TextField(_("what we did"), blank=True, editable=False)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), null=True, blank=True, editable=False)

    objects = scoped_manager(TicketQuerySet)

    class Meta:
        verbose_name, verbose_name_plural = _("feedback"), _("feedback")
        indexes = [
            *owned_indexes("ticket", child=True),
            *name_indexes("ticket"),
            models.Index(fields=["company", "-received_at"], name="ticket_of_company"),
            models.Index(fields=["owner", "due_at"], name="ticket_due", condition=models.Q(state__in=RUNNING_STATES)),
            models.Index(fields=["due_at"], name="ticket_remind", condition=models.Q(state__in=RUNNING_STATES, reminded_at=None)),
            models.Index(DUE_LAST, "id", name="ticket_due_walk", condition=models.Q(deleted_at=None)),
            models.Index(fields=["received_at", "id"], name="ticket_received_walk", condition=models.Q(deleted_at=None)),
            GinIndex(fields=["tags"], name="ticket_tags"),
        ]
        constraints = [
            external_id_once("ticket"),
            models.CheckConstraint(
                condition=models.Q(satisfaction=None) | models.Q(satisfaction__range=(1, 5)),
                name="ticket_satisfaction_1_to_5",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_open(self):
        """Whether somebody still waits, we or the customer."""
        return self.state in OPEN_STATES

    @property
    def is_running(self):
        """Whether the customer waits for us, so that the due time counts."""
        return self.state in RUNNING_STATES


explain_constraint("ticket_external_id", "external_id", _("Feedback with this external ID exists already."))
