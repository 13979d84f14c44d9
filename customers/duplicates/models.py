"""Pairs of records that may be one, and what a person has said about them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from customers.duplicates.queryset import PairQuerySet

__all__ = ["DuplicatePair", "SearchSetting"]


class DuplicatePair(models.Model):
    """Two records of one kind that were found alike: how sure that is, why, and what was decided.

    `score` is the probability that they are one; `reasons` are the data of customers.matching.reasons. A pair that a
    person took apart stays so for ever; one that was put off comes back on `remind_on`.
    """

    class Decision(models.TextChoices):
        SAME = "same", _("the same")
        REVIEW = "review", _("perhaps the same")
        RELATED = "related", _("related")

    class State(models.TextChoices):
        OPEN = "open", _("to be decided")
        LATER = "later", _("put off")
        DIFFERENT = "different", _("not the same")
        RELATED = "related", _("related")

    noun = models.CharField(max_length=20)
    left_id = models.BigIntegerField()
    right_id = models.BigIntegerField()
    score = models.FloatField(_("probability"))
    decision = models.CharField(_("found to be"), max_length=8, choices=Decision.choices)
    reasons = models.JSONField(_("reasons"), default=dict)
    # By which path it was found: the search through all records, or the form, import … that let one of them in.
    found_by = models.CharField(max_length=12, default="search")
    found_at = models.DateTimeField(_("found"), default=clock.now)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    remind_on = models.DateField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("possible duplicate"), _("possible duplicates")
        ordering = ["-score", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["noun", "left_id", "right_id"], name="pair_once"),
            models.CheckConstraint(condition=Q(left_id__lt=F("right_id")), name="pair_in_order"),
        ]
        indexes = [
            models.Index(fields=["noun", "-score", "-id"], name="pair_open", condition=Q(state__in=["open", "later"])),
            models.Index(fields=["noun", "right_id"], name="pair_right"),
        ]

    def __str__(self):
        return f"{self.noun} {self.left_id}–{self.right_id}"


class SearchSetting(models.Model):
    """What the search for duplicates may do by itself with records of a kind; without a row it only finds."""

    noun = models.CharField(_("records"), max_length=20, unique=True, choices=[("companies", _("Companies")), ("contacts", _("Contacts"))])
    merges_identical = models.BooleanField(
        _("merge identical records"),
        default=False,
        help_text=_("Only pairs that are surely the same, with one owner, and in which no field says two things. Can be taken back within 30 days."),
    )

    class Meta:
        verbose_name, verbose_name_plural = _("search for duplicates"), _("searches for duplicates")
        ordering = ["noun"]

    def __str__(self):
        return str(self.get_noun_display())
