"""Files that lie with the records they belong to."""

from django.utils.translation import gettext_lazy as _

from crm.core import rooms


class FilesConfig(rooms.PartConfig):
    """Files that lie with the records they belong to."""

    name = "crm.files"
    label = "files"
    verbose_name = _("Files")
