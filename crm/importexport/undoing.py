"""The background side of taking an import back: what it created goes to the bin, what it changed gets its old values."""

from django.db import transaction
from django.utils.translation import gettext as _

from crm.core import context
from crm.core.errors import Refusal
from crm.importexport.importers import importers
from crm.importexport.intake import CREATED, UPDATED
from crm.importexport.models import ImportRow, ImportRun
from crm.importexport.oldvalues import kept, revived

CHUNK = 200


def undo(job_run):
    """Take the rows back, the last first; what was changed since stays, with the reason."""
    run = ImportRun.objects.get(pk=job_run.args["run"])
    importer, taken, left = importers[run.kind], job_run.cursor.get("taken", 0), job_run.cursor.get("kept", 0)
    rows = run.outcomes.filter(outcome__in=(CREATED, UPDATED)).order_by("-row", "-pk")
    total = rows.count()
    with context.coming_by("import"):
        while batch := list(rows.filter(row__lt=job_run.cursor.get("row", 2**31 - 1))[:CHUNK]):
            with job_run.step(total=total):
                records = importer.model._base_manager.in_bulk([row.object_id for row in batch])
                for row in batch:
                    row.left = _take_back(importer, records.get(row.object_id), row, job_run.by)[:300]
                remaining = [row for row in batch if row.left]
                ImportRow.objects.bulk_update(remaining, ["left"])
                taken, left = taken + len(batch) - len(remaining), left + len(remaining)
                job_run.cursor.update(row=batch[-1].row, taken=taken, kept=left)
                job_run.progress(done=taken + left, note=_("%(n)d taken back, %(kept)d kept") % {"n": taken, "kept": left})
        ImportRun.objects.filter(pk=run.pk).update(undone_at=job_run.job.started_at)
    return {"taken": taken, "kept": left}


def _take_back(importer, record, row, by) -> str:
    """Take one row back; why it was left, or nothing when it is as it was before."""
    if record is None or getattr(record, "deleted_at", None):
        return "" if row.outcome == CREATED else _("The record is not there any more.")
    try:
        with transaction.atomic():
            return _bin(importer, record, row, by) if row.outcome == CREATED else _put_back(importer, record, row, by)
    except Refusal as refusal:
        return str(refusal)


def _bin(importer, record, row, by):
    if importer.delete is None:
        return _("Records of this kind are never removed.")
    if getattr(record, "version", None) != row.version:
        return _("It was changed since.")
    if importer.update is not None and getattr(record, "external_id", ""):
        # The same sheet, corrected, is to come in again under its numbers.
        record = importer.update(record, {"external_id": ""}, by=by)
    importer.delete(record, by=by)
    return ""


def _put_back(importer, record, row, by):
    before = row.before or {}
    if kept(importer, record, before) != row.after:
        return _("It was changed since.")
    importer.update(record, revived(importer, before), by=by)
    now = kept(importer, importer.model._base_manager.get(pk=record.pk), before)
    if remaining := [str(importer.names[name].label) for name in before if now[name] != before[name]]:
        return _("Not put back: %(fields)s") % {"fields": ", ".join(remaining)}
    return ""
