"""The catalogue as the house sees it: every run with what came of it, and every drill."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.backups import wording
from crm.core import clock

__all__ = ["Alarm", "Backup", "Drill"]


class Visible(models.QuerySet):
    """Backups belong to the house: who may see one sees all."""

    def visible_to(self, actor, action="view"):
        """All of them for who keeps the backups, none for others."""
        return self if actor.may("house.back_up") else self.none()


class Backup(models.Model):
    """One run: the backup it made, or why it made none."""

    class Kind(models.TextChoices):
        FULL = "full", _("full")
        INCREMENTAL = "incremental", _("incremental")
        LOGICAL = "logical", _("dump")

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        PRUNED = "pruned", _("no longer kept")

    noun = "backups"

    code = models.CharField(_("name"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RUNNING)
    based_on = models.CharField(_("builds on"), max_length=60, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("started by"))
    started_at = models.DateTimeField(_("started"), default=clock.now)
    ended_at = models.DateTimeField(_("ended"), null=True)
    size = models.BigIntegerField(_("size"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    rows = models.BigIntegerField(_("rows"), default=0)
    files = models.IntegerField(_("files"), default=0)
    key = models.CharField(_("key"), max_length=100, blank=True)
    places = ArrayField(models.CharField(max_length=10), verbose_name=_("places"), default=list)
    # What went wrong, or why it is of another kind than was asked for: a code with values, or nothing.
    outcome = models.JSONField(default=dict, blank=True)

    objects = Visible.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("backup"), _("backups")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"], name="backup_by_state")]
        constraints = [models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="backup_code")]

    def __str__(self):
        return self.code or f"#{self.pk}"

    @property
    def seconds(self):
        """How long it took."""
        return (self.ended_at - self.started_at).total_seconds() if self.ended_at else None

    @property
    def words(self):
        """What there is to say of it, in the reader's language."""
        return wording.words(self.outcome)


class Drill(models.Model):
    """One drill: which backup, whether it came back to life, and each step."""

    noun = "drills"

    code = models.CharField(_("backup"), max_length=60)
    place = models.CharField(_("place"), max_length=10)
    ok = models.BooleanField(_("came back"), default=False)
    steps = models.JSONField(default=list)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("started by"))
    started_at = models.DateTimeField(_("started"), default=clock.now)
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = Visible.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("drill"), _("drills")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.code} {self.started_at:%Y-%m-%d}"

    @property
    def seconds(self):
        """How long it took."""
        return (self.ended_at - self.started_at).total_seconds() if self.ended_at else None


class Alarm(models.Model):
    """A trouble from the hour it was seen to the hour it was seen no more; each is told by mail once."""

    code = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    raised_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code"], condition=models.Q(ended_at=None), name="alarm_once")]
