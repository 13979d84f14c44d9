"""Spreadsheets in and out."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportExportConfig(AppConfig):
    """Spreadsheets in and out."""

    name = "crm.importexport"
    label = "importexport"
    verbose_name = _("Import and export")
