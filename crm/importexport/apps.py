"""Spreadsheets in and out."""

from django.utils.translation import gettext_lazy as _

from crm.core import rooms


class ImportExportConfig(rooms.PartConfig):
    """Spreadsheets in and out."""

    name = "crm.importexport"
    label = "importexport"
    verbose_name = _("Import and export")
