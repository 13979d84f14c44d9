"""The rows of the spine. The design and its measurements are in docs/adr/0003."""

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from crm.core import clock


class Activity(models.Model):
    """What happened: when, who (and for whom), which event, about what, by which path. Never changed, never removed."""

    at = models.DateTimeField(_("when"), default=clock.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("who"))
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    verb = models.CharField(_("event"), max_length=60)
    kind = models.ForeignKey(ContentType, models.PROTECT, related_name="+", db_index=False)
    object_id = models.BigIntegerField()
    via = models.CharField(_("path"), max_length=12)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name, verbose_name_plural = _("activity"), _("activities")
        indexes = [
            models.Index(fields=["actor", "-id"], name="activity_actor"),
            # The parts of bulk changes, by the act they were done in: what a person can take back is found among millions of events.
            models.Index(
                "actor", Cast(models.F("data__within"), models.BigIntegerField()).desc(), name="activity_in_bulk", condition=models.Q(data__has_key="within")
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.verb} #{self.pk}"


class About(models.Model):
    """That an activity belongs on the timeline of a record: its subject and whatever else it is about.

    It carries the activity's time, so that a timeline is read in the order of what happened, also where an import told
    of it years later.
    """

    pk = models.CompositePrimaryKey("kind", "object_id", "at", "activity")
    kind = models.ForeignKey(ContentType, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    object_id = models.BigIntegerField()
    at = models.DateTimeField(_("when"))
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="about", db_index=False, db_constraint=False)

    class Meta:
        # What an event is about, for its readers; the key finds only the other way round.
        indexes = [models.Index(fields=["activity"], name="about_of_activity")]


class Pending(models.Model):
    """An activity which the readers have not had yet; written in the verb's transaction, so it is the outbox."""

    activity = models.OneToOneField(Activity, models.PROTECT, primary_key=True, related_name="+", db_constraint=False)


class Delivery(models.Model):
    """An activity that a reader failed to take; it is tried again with growing gaps."""

    reader = models.CharField(max_length=40)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+", db_constraint=False)
    attempts = models.PositiveSmallIntegerField(default=1)
    next_try = models.DateTimeField(db_index=True)
    error = models.TextField()

    class Meta:
        verbose_name, verbose_name_plural = _("failed delivery"), _("failed deliveries")
        constraints = [models.UniqueConstraint(fields=["reader", "activity"], name="one_delivery")]


class Once(models.Model):
    """The answer to a request that carried a key: asked again with the same key, it gets the same record."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    kind = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+", db_index=False)
    object_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="once_key")]


class OwnershipChange(models.Model):
    """The ledger of who held a record: one row for each change of owner or pool, with its cause."""

    kind = models.ForeignKey(ContentType, models.PROTECT, related_name="+", db_index=False)
    object_id = models.BigIntegerField()
    from_owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    to_owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    from_pool = models.ForeignKey("accounts.Pool", models.PROTECT, null=True, related_name="+", db_index=False)
    to_pool = models.ForeignKey("accounts.Pool", models.PROTECT, null=True, related_name="+", db_index=False)
    cause = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=clock.now)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+", db_constraint=False, db_index=False)

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id", "id"], name="ownership_of")]


class StateChange(models.Model):
    """The ledger of states: one row for each change of a record's state, so that time in state is a plain sum."""

    kind = models.ForeignKey(ContentType, models.PROTECT, related_name="+", db_index=False)
    object_id = models.BigIntegerField()
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=clock.now)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+", db_constraint=False, db_index=False)

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id", "id"], name="state_of")]


class Counter(models.Model):
    """The last number given out of a series; the row is held until the record that took it is committed."""

    name = models.CharField(max_length=40, unique=True)
    value = models.PositiveBigIntegerField()
