"""The background side of taking an import back: what it created goes to the bin, what it changed gets its old values."""

from collections import defaultdict

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from crm.bin.belongings import of
from crm.core import context
from crm.core.errors import Refusal
from crm.importexport.importers import importers
from crm.importexport.intake import BESIDE, CREATED, UPDATED
from crm.importexport.models import ImportRow, ImportRun
from crm.importexport.oldvalues import kept, revived

CHUNK = 200
# In turn: the records of the rows, then what the rows made besides, under which those records lie.
PARTS = ((CREATED, UPDATED), (BESIDE,))


def undo(job_run):
    """Take the rows back, the last first; what was changed since stays, and what something was added to, with the reason."""
    run = ImportRun.objects.get(pk=job_run.args["run"])
    total = run.outcomes.filter(outcome__in=sum(PARTS, ())).count()
    with context.coming_by("import"):
        for number in range(job_run.cursor.get("part", 0), len(PARTS)):
            _take_part_back(job_run, run, run.outcomes.filter(outcome__in=PARTS[number]).order_by("-pk"), total)
            job_run.cursor.update(part=number + 1, at=None)
        ImportRun.objects.filter(pk=run.pk).update(undone_at=job_run.job.started_at)
    return {"taken": job_run.cursor.get("taken", 0), "kept": job_run.cursor.get("kept", 0)}


def _take_part_back(job_run, run, rows, total):
    while batch := list((rows.filter(pk__lt=job_run.cursor["at"]) if job_run.cursor.get("at") else rows)[:CHUNK]):
        with job_run.step(total=total):
            for importer, found in _by_importer(run, batch):
                records = importer.model._base_manager.in_bulk([row.object_id for row in found])
                added = _added_since(importer, [row.object_id for row in found if row.outcome != UPDATED])
                for row in found:
                    row.left = _take_back(importer, records.get(row.object_id), row, added, job_run.by)[:300]
            remaining = [row for row in batch if row.left]
            ImportRow.objects.bulk_update(remaining, ["left"])
            left = job_run.cursor.get("kept", 0) + len(remaining)
            taken = job_run.cursor.get("taken", 0) + len(batch) - len(remaining)
            job_run.cursor.update(at=batch[-1].pk, taken=taken, kept=left)
            job_run.progress(done=taken + left, note=_("%(n)d taken back, %(kept)d kept") % {"n": taken, "kept": left})


def _by_importer(run, rows):
    """The rows by what takes their records in: what was made besides is of another noun than the sheet."""
    found = defaultdict(list)
    for row in rows:
        found[row.column if row.outcome == BESIDE else run.kind].append(row)
    return [(importers[kind], group) for kind, group in found.items()]


def _added_since(importer, ids) -> dict[int, str]:
    """What belongs to these records, in words, by id: a sheet makes records bare, so somebody has added it since."""
    found = defaultdict(list)
    for belonging in of(importer.model.noun) if ids else ():
        counts = belonging.rows(ids).filter(deleted_at=None).values_list(belonging.field).annotate(Count("pk")).order_by()
        for pk, number in counts:
            found[pk].append(f"{belonging.model._meta.verbose_name_plural} {number}")
    return {pk: _(", ").join(names) for pk, names in found.items()}


def _take_back(importer, record, row, added, by) -> str:
    """Take one row back; why it was left, or nothing when it is as it was before."""
    if record is None or getattr(record, "deleted_at", None):
        return _("The record is not there any more.") if row.outcome == UPDATED else ""
    try:
        with transaction.atomic():
            return _put_back(importer, record, row, by) if row.outcome == UPDATED else _bin(importer, record, row, added, by)
    except Refusal as refusal:
        return str(refusal)


def _bin(importer, record, row, added, by):
    if importer.delete is None:
        return _("Records of this kind are never removed.")
    if getattr(record, "version", None) != row.version:
        return _("It was changed since.")
    if record.pk in added:
        return _("Something was added to it since: %(what)s.") % {"what": added[record.pk]}
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
