"""Why a file cannot be kept, one sentence each."""

from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid

MOST_BYTES = 50 * 1024 * 1024

SENTENCES = {
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than 50 MB."),
    "unknown_kind": _("Files of this kind are not kept here. Documents, pictures, sound, video, mails and ZIP archives are."),
    "not_what_it_says": _("The content of this file is not what its name says. Open it in its program and save it again."),
    "active": _("This file holds a web page or a program, whatever its name says. Such files are not kept here."),
    "nameless": _("The file has no name."),
}


def refused(code: str) -> Invalid:
    """The refusal of a file by its code."""
    return Invalid(SENTENCES[code], code=code, field="file")
