"""The verbs of files: add one to a record, remove it, take it back."""

from django.utils.translation import gettext_lazy as _

from crm.activity.spine import event, kind_of, lock
from crm.core import clock
from crm.core.errors import WrongState
from crm.core.policy import require
from crm.files import events, storage
from crm.files.holders import holders
from crm.files.kinds import HEAD
from crm.files.kinds import kind_of as kind_of_content
from crm.files.models import KeptFile
from crm.files.naming import clean_name
from crm.files.refusals import MOST_BYTES, refused

MOST_OF_A_RECORD = 500
# Whose timelines tell of the files of a record that lies under them.
ABOVE = ("contact", "company")


def add(record, upload, *, by):
    """Keep an uploaded file with a record; the same content under the same name a second time is the first one."""
    name = clean_name(upload.name)
    head = _head(upload)
    media_type = kind_of_content(name, head).media_type
    with storage.written(upload) as content, event(events.ADDED, by=by) as found:
        record = _holding(record, by)
        kept = KeptFile.objects.filter(kind=kind_of(record), object_id=record.pk, deleted_at=None)
        twin = kept.filter(sha256=content.sha256, name=name).first()
        if twin is not None:
            storage.drop(content.token)
            return twin
        if kept.count() >= MOST_OF_A_RECORD:
            raise WrongState(_("A record keeps at most %(n)d files. Remove those that are not needed.") % {"n": MOST_OF_A_RECORD}, code="too_many_files")
        made = KeptFile.objects.create(
            kind=kind_of(record), object_id=record.pk, name=name, media_type=media_type, size=content.size, sha256=content.sha256,
            token=content.token, added_by=by, added_at=clock.now(),
        )  # fmt: skip
        _tell(found, record, made)
        return made


def delete(file, *, by):
    """Take a file away from its record; for thirty days it can be taken back."""
    with event(events.DELETED, by=by) as found:
        record, file = _holding(file, by), lock(file)
        if not file.deleted_at:
            file.deleted_at = clock.now()
            file.save(update_fields=["deleted_at"])
            _tell(found, record, file)
        return file


def restore(file, *, by):
    """Put a removed file back to its record."""
    with event(events.RESTORED, by=by) as found:
        record, file = _holding(file, by), lock(file)
        if file.deleted_at:
            file.deleted_at = None
            file.save(update_fields=["deleted_at"])
            _tell(found, record, file)
        return file


def tidy(*, before):
    """Remove for good what was taken away before this moment; how many files that were."""
    gone = list(KeptFile.objects.filter(deleted_at__lt=before).values_list("pk", "token")[:1000])
    # The content first: whoever is killed in between finds the row again tomorrow, and not a content that nobody names.
    for _pk, token in gone:
        storage.drop(token)
    KeptFile.objects.filter(pk__in=[pk for pk, _token in gone]).delete()
    return len(gone)


def forget_with(model, records):
    """The files of records that are removed for good were taken away when the records were; the next tidying removes them."""
    for record in records:
        KeptFile.objects.filter(kind=kind_of(model), object_id=record.pk, deleted_at=None).update(deleted_at=record.deleted_at)


def _holding(thing, by):
    """The record, locked, that files are added to or taken from; only those who may change it do that."""
    record = thing if not isinstance(thing, KeptFile) else thing.kind.model_class()(pk=thing.object_id)
    record = lock(record)
    require(by, f"{holders[record.noun].noun}.edit", record)
    if record.deleted_at:
        raise WrongState(_("%(record)s lies in the bin.") % {"record": record}, code="in_bin")
    return record


def _head(upload):
    if upload.size == 0:
        raise refused("empty")
    if upload.size > MOST_BYTES:
        raise refused("too_large")
    upload.seek(0)
    head = upload.read(HEAD)
    upload.seek(0)
    return head


def _tell(found, record, file):
    found.subject = record
    found.data.update(file=file.pk, name=file.name, size=file.size)
    found.about_of(record, *(name for name in ABOVE if hasattr(record, f"{name}_id")))
