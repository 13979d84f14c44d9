"""The form by which a file is added."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.files.kinds import KINDS

ACCEPT = ",".join(f".{ending}" for ending in KINDS)


class FileForm(forms.Form):
    """Which file."""

    file = forms.FileField(
        label=_("File"), max_length=500, allow_empty_file=True, help_text=_("Documents, pictures, sound, video, mails and ZIP archives, up to 50 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )  # fmt: skip
