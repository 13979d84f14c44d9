"""The way to a file: through its record, and out of the house as an attachment."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from crm.core.errors import NotAllowed, WrongState
from crm.files import storage
from crm.files.holders import holder_of, holders, reads_files_of
from crm.files.models import KeptFile
from crm.web.pages import load


def record_of(actor, noun, pk, action="view"):
    """The record whose files are asked for: 404 outside the scope, 403 where something about it is covered."""
    if noun not in holders:
        raise Http404
    record = load(holders[noun].model, actor, pk, action)
    if not reads_files_of(actor, noun):
        raise NotAllowed(_("Parts of this record are covered for you, and its files may show them. Ask whoever looks after it."), code="files_covered")
    return record


def file_of(actor, pk, action="view", *, is_deleted=False):
    """A file and its record, reached through the record."""
    file = get_object_or_404(KeptFile.objects.select_related("kind"), pk=pk, deleted_at__isnull=not is_deleted)
    holder = holder_of(file.kind)
    if holder is None:
        raise Http404
    return file, record_of(actor, holder.noun, file.object_id, action)


def content_of(file):
    """The answer that hands out the content: as an attachment, under its name, of a type that no browser runs."""
    path = storage.path_of(file.token)
    if not path.is_file():
        raise WrongState(_("The content of this file is not on the disk. It may be in a backup."), code="content_missing")
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=file.name, content_type=file.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
