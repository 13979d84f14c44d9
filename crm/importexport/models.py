"""Imports with their mapping, their counts and the rows that were not taken."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.rights import ALL

__all__ = ["ImportRow", "ImportRun", "KeptMapping", "WrongRow"]


class KeptMapping(models.Model):
    """Which column of a spreadsheet means which field, kept by name for the next time, by one person or for everybody."""

    kind = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=80)
    mapping = models.JSONField(default=dict)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    is_shared = models.BooleanField(_("for everybody"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind", "name"], name="mapping_once")]

    def __str__(self):
        return self.name

    def fits(self, headers) -> bool:
        """Whether every column it speaks of is in a sheet with these headers."""
        named = {*self.mapping.get("columns", {}), *self.mapping.get("skip_if", {})}
        return bool(named) and named <= set(headers)


class ImportRunQuerySet(models.QuerySet):
    """Imports by meaning."""

    def visible_to(self, actor, action="view"):
        """The imports of this person; all of them for whoever may see all."""
        return self if actor.reach(f"imports.{action}") == ALL else self.filter(actor=actor)


class ImportRun(models.Model):
    """One spreadsheet on its way in: the file, what its columns mean, and what became of its rows."""

    noun = "imports"

    kind = models.CharField(_("kind"), max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("started by"))
    token = models.CharField(max_length=64)
    file_name = models.CharField(_("file"), max_length=200)
    sheet = models.CharField(max_length=80, blank=True)
    headers = models.JSONField(default=list)
    # Where the header stands, from row 1 on; of no rows where the sheet has none.
    header_row = models.PositiveSmallIntegerField(default=1)
    header_depth = models.PositiveSmallIntegerField(default=1)
    # What was seen when the file was opened: {"csv", "from_1904", "sheets", "hidden", "unworked"}.
    seen = models.JSONField(default=dict)
    # Cells that were corrected on the page: row → place of the column → text.
    fixes = models.JSONField(default=dict)
    check_job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    checked = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    mode = models.CharField(max_length=10, default="create")
    key = models.CharField(max_length=40, blank=True)
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    undo_job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    rows = models.PositiveIntegerField(_("rows"), default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    skipped = models.PositiveIntegerField(_("left out"), default=0)
    duplicates = models.PositiveIntegerField(_("duplicates"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    created_at = models.DateTimeField(_("when"), default=clock.now)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("import"), _("imports")
        ordering = ["-id"]
        indexes = [models.Index(fields=["actor", "-id"], name="import_of_actor")]

    def __str__(self):
        return f"{self.file_name} #{self.pk}"

    @property
    def is_started(self) -> bool:
        """Whether the rows are being taken in, or have been."""
        return self.job_id is not None or self.finished_at is not None or self.rows > 0

    @property
    def left_out(self) -> int:
        """Rows that changed nothing: those that say what is known, and those that the mapping leaves out."""
        return self.unchanged + self.skipped

    def owners(self):
        """Whom it belongs to, for policies."""
        return {self.actor_id}

    def teams(self):
        """Imports belong to people, never to teams."""
        return set()


class ImportRow(models.Model):
    """What became of one row: the record it made or changed, or the reason why it was not taken."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="outcomes", db_index=False)
    row = models.PositiveIntegerField()
    outcome = models.CharField(max_length=12)
    object_id = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=120, blank=True)
    value = models.TextField(blank=True)
    code = models.CharField(max_length=40, blank=True)
    message = models.TextField(blank=True)
    cells = models.JSONField(default=list)
    # Of a changed record: the values before and after, for taking them back; why they were left when they could not be.
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    left = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "row", "outcome", "column"], name="import_row_once")]
        indexes = [models.Index(fields=["run", "outcome", "row"], name="import_row_outcome")]


class WrongRow(models.Model):
    """A row of which a check before the import found something wrong, with its cells and what would become of it, until it is corrected."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="wrong", db_index=False)
    row = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, default="rejected")
    cells = models.JSONField(default=list)
    notes = models.JSONField(default=list)

    class Meta:
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["run", "row"], name="wrong_row_once")]
