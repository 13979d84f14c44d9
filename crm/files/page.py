"""What pages show of the files of a record."""

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.text import capfirst

from crm.activity.spine import kind_of
from crm.core.policy import allows
from crm.files.holders import holder_of, reads_files_of, with_those_beneath
from crm.files.models import KeptFile
from crm.web import formats
from crm.web.panels import ROWS

SHOWN = 200
ICONS = {"image": "file", "audio": "microphone", "video": "video", "text": "file-text"}


def files_of(record, actor):
    """The files of a record and of what lies under it, the newest first; none where something about it is covered for the person."""
    if not reads_files_of(actor, record.noun):
        return KeptFile.objects.none()
    return KeptFile.objects.filter(with_those_beneath(record, actor), deleted_at=None).select_related("added_by", "kind").order_by("-id")


def url_of(record):
    """The page of all its files."""
    return reverse("files:of-record", args=[record.noun, record.pk])


def count_of(record, actor):
    """How many there are, in words; nothing where there is none."""
    count = files_of(record, actor).count()
    return formats.number(count) if count else ""


def panel(record, actor):
    """The newest files and their number, for the page of the record; nothing for those who may not read them."""
    if not reads_files_of(actor, record.noun):
        return None
    found = files_of(record, actor)
    rows = list(found[: ROWS + 1])
    count = found.count() if len(rows) > ROWS else len(rows)
    return {"files": shown(rows[:ROWS], record), "count": count, "all_url": url_of(record), "may_add": allows(actor, f"{record.noun}.edit", record)}


def shown(files, record):
    """Each file with its size in words and, where it lies with something under this record, with what."""
    names = _names([file for file in files if file.object_id != record.pk or file.kind != kind_of(record)])
    return [
        {
            "file": file,
            "icon": ICONS.get(file.media_type.partition("/")[0], "file-text"),
            "size": size_words(file.size),
            "own": (file.kind_id, file.object_id) == (kind_of(record).pk, record.pk),
            "holder": names.get((file.kind_id, file.object_id)),
        }
        for file in files
    ]


def size_words(size):
    """The size as people say it: 820 KB, 3.4 MB."""
    if size < 1024 * 1024:
        return f"{formats.number(max(1, round(size / 1024)))} KB"
    return f"{size / (1024 * 1024):.1f} MB"


def _names(files):
    """The words and addresses of the records that these files lie with; one statement for each kind."""
    found = {}
    for kind in {file.kind_id for file in files}:
        content_type = ContentType.objects.get_for_id(kind)
        ids = {file.object_id for file in files if file.kind_id == kind}
        what, holder = capfirst(content_type.model_class()._meta.verbose_name), holder_of(content_type)
        for pk, row in content_type.model_class()._base_manager.in_bulk(ids).items():
            found[kind, pk] = {"words": f"{what} {getattr(row, 'number', '') or row}", "url": holder.url(pk)}
    return found
