"""What became of a row, in words."""

from django.utils.translation import gettext_lazy as _

from crm.importexport.intake import CREATED, DUPLICATE, LATER, REJECTED, SKIPPED, UNCHANGED, UPDATED

OUTCOMES = {
    CREATED: _("new"),
    UPDATED: _("changed"),
    UNCHANGED: _("unchanged"),
    DUPLICATE: _("there already"),
    SKIPPED: _("left out"),
    REJECTED: _("rejected"),
    LATER: _("left out"),
}
