"""Imports with their mapping, their counts and the rows that were not taken."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.core import clock

__all__ = ["ImportRow", "ImportRun", "Mapping"]


class Mapping(models.Model):
    """Which column of a spreadsheet means which field, kept by name for the next time."""

    kind = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=80)
    columns = models.JSONField(default=dict)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind", "name"], name="mapping_once")]

    def __str__(self):
        return self.name


class ImportRun(models.Model):
    """One spreadsheet on its way in."""

    kind = models.CharField(_("kind"), max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file = models.CharField(max_length=200)
    file_name = models.CharField(_("file"), max_length=200)
    sheet = models.CharField(max_length=80, blank=True)
    columns = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("import"), _("imports")
        ordering = ["-id"]


class ImportRow(models.Model):
    """What became of one row: the record it made or changed, or the reason why it was not taken."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="outcomes", db_index=False)
    row = models.PositiveIntegerField()
    outcome = models.CharField(max_length=12)
    object_id = models.BigIntegerField(null=True)
    column = models.CharField(max_length=120, blank=True)
    value = models.TextField(blank=True)
    code = models.CharField(max_length=40, blank=True)
    message = models.TextField(blank=True)
    cells = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "row", "column"], name="import_row_once")]
