"""Cleaning runs and what they propose; the figures of every night, the line to reach, and what people were asked to put right."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.core import clock

__all__ = ["CleaningRun", "FixTask", "Proposal", "QualityDay", "QualityGoal"]


class CleaningRun(models.Model):
    """One walk through the records of the house: which rules looked, how far it came, what it found."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        UNDOING = "undoing", _("being taken back")
        UNDONE = "undone", _("taken back")

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("started by"))
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    rules = ArrayField(models.CharField(max_length=40), default=list)
    is_trial = models.BooleanField(_("dry run"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RUNNING)
    looked = models.PositiveIntegerField(_("records looked at"), default=0)
    # Of a dry run the proposals are only counted, by rule.
    counts = models.JSONField(default=dict)
    started_at = models.DateTimeField(_("started"), default=clock.now)
    finished_at = models.DateTimeField(_("finished"), null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("cleaning"), _("cleanings")
        ordering = ["-id"]

    def __str__(self):
        return f"#{self.pk}"


class Proposal(models.Model):
    """One value that a rule would write otherwise: what stands there, what would, how sure that is and where it comes from."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting")
        APPLIED = "applied", _("taken over")
        REJECTED = "rejected", _("rejected")
        UNDONE = "undone", _("taken back")
        STALE = "stale", _("out of date")

    run = models.ForeignKey(CleaningRun, models.PROTECT, related_name="proposals")
    noun = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    field = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    digest = models.CharField(max_length=40)
    rule = models.CharField(max_length=40)
    certainty = models.PositiveSmallIntegerField(_("certainty"))
    source = models.JSONField(default=dict)
    is_fill = models.BooleanField(default=False)
    is_doubt = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    # The bulk change that wrote it.
    event_id = models.BigIntegerField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("proposal"), _("proposals")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["noun", "object_id"], name="proposal_of_record"),
            models.Index(fields=["rule", "id"], name="proposal_open", condition=Q(state="open")),
            models.Index(fields=["run", "rule", "state"], name="proposal_of_run"),
        ]
        constraints = [
            # What waits is there once; what somebody rejected or took back is not proposed again for the same value.
            models.UniqueConstraint(
                fields=["noun", "object_id", "field", "digest"], name="proposal_once", condition=Q(state__in=["open", "rejected", "undone"])
            ),
        ]

    def __str__(self):
        return f"{self.rule} #{self.pk}"


class QualityDay(models.Model):
    """The figures of one evening for the records of one owner: how many there are, and how many of them fall short of each dimension."""

    day = models.DateField()
    noun = models.CharField(max_length=20)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", db_index=False)
    team = models.ForeignKey("accounts.Team", models.CASCADE, null=True, related_name="+", db_index=False)
    records = models.PositiveIntegerField()
    filled = models.PositiveBigIntegerField()
    accuracy = models.PositiveIntegerField()
    completeness = models.PositiveIntegerField()
    consistency = models.PositiveIntegerField()
    validity = models.PositiveIntegerField()
    uniqueness = models.PositiveIntegerField()
    timeliness = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["day"], name="quality_day"), models.Index(fields=["owner", "day"], name="quality_of_owner")]


class QualityGoal(models.Model):
    """The line a dimension should reach, in percent."""

    class Dimension(models.TextChoices):
        ACCURACY = "accuracy", _("Accuracy")
        COMPLETENESS = "completeness", _("Completeness")
        CONSISTENCY = "consistency", _("Consistency")
        VALIDITY = "validity", _("Validity")
        UNIQUENESS = "uniqueness", _("Uniqueness")
        TIMELINESS = "timeliness", _("Timeliness")

    dimension = models.CharField(_("dimension"), max_length=20, choices=Dimension.choices, unique=True)
    percent = models.PositiveSmallIntegerField(_("to reach, in percent"))

    class Meta:
        verbose_name, verbose_name_plural = _("goal of data quality"), _("goals of data quality")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(percent__lte=100), name="quality_goal_percent")]

    def __str__(self):
        return str(self.get_dimension_display())


class FixTask(models.Model):
    """Somebody was asked to put right the records of his that fall short of a dimension; it is done when none is left."""

    noun = models.CharField(max_length=20)
    dimension = models.CharField(max_length=20, choices=QualityGoal.Dimension.choices)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("owner"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    records = models.PositiveIntegerField()
    asked_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("task of data quality"), _("tasks of data quality")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["owner", "noun", "dimension"], name="fix_once", condition=Q(done_at=None))]
