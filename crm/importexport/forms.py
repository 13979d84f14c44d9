"""What people choose on the pages of imports."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.importexport.importers import importers_for
from crm.importexport.intake import BOTH, CREATE, UPDATE
from crm.importexport.mapping import Mapping
from crm.web.components import required_word

MODES = [
    (CREATE, _("Only add new ones; those that are there already are left out")),
    (UPDATE, _("Only change those that are there already")),
    (BOTH, _("Change those that are there already, add the others")),
]
DATES = [("mdy", _("month/day/year, as 3/31/2026")), ("dmy", _("day/month/year, as 31/3/2026"))]


class UploadForm(forms.Form):
    """Which file, and what is in it."""

    kind = forms.ChoiceField(label=_("What is in the sheet"))
    file = forms.FileField(
        label=_("Spreadsheet"), max_length=200, help_text=_("XLSX, XLS or CSV, up to 50 MB; the first row names the columns."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt"}),
    )  # fmt: skip
    sheet = forms.CharField(label=_("Name of the sheet"), required=False, max_length=80, help_text=_("Only if it is not the first one."))

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(importer.kind, importer.label) for importer in importers_for(actor)]


class MappingForm(forms.Form):
    """What each column means, and how the rows are taken."""

    mode = forms.ChoiceField(label=_("What to do with the rows"), choices=MODES, initial=CREATE, widget=forms.RadioSelect)
    key = forms.ChoiceField(label=_("A row finds its record by"), required=False)
    dates = forms.ChoiceField(label=_("Dates with slashes are written"), choices=DATES, initial="mdy")
    keep_as = forms.CharField(
        label=_("Keep this choice of columns as"), required=False, max_length=80, help_text=_("It is used again for the next sheet with these columns.")
    )

    def __init__(self, *args, run, importer, **kwargs):
        mapping = Mapping.read(importer, run.mapping)
        kwargs.setdefault("initial", {"mode": run.mode, "key": run.key or "external_id", "dates": mapping.dates})
        super().__init__(*args, **kwargs)
        self.run, self.importer, self.mapping = run, importer, mapping
        if importer.update is None:
            del self.fields["mode"], self.fields["key"]
        else:
            self.fields["key"].choices = [(one.name, one.label) for one in importer.key_fields()]
        self.columns = [self._column(place, header) for place, header in enumerate(run.headers) if header]

    def _column(self, place, header):
        choices = [("", _("— leave out —"))] + [(one.name, _named(one)) for one in self.importer.fields]
        chosen = self.mapping.columns.get(header, ("",))[0]
        widget = forms.Select(attrs={"class": "km-input"})
        self.fields[f"column-{place}"] = forms.ChoiceField(label=header, choices=choices, required=False, initial=chosen, widget=widget)
        return place, header

    def column_fields(self):
        """The columns of the sheet with the choice of what each means."""
        return [(place, header, self[f"column-{place}"]) for place, header in self.columns]

    def as_mapping(self) -> dict:
        """The choices as a mapping; what the page does not show of the mapping stays as it was."""
        columns = {header: self._names(place, header) for place, header in self.columns}
        kept = self.mapping.as_json()
        return kept | {"columns": {header: names for header, names in columns.items() if names}, "dates": self.cleaned_data["dates"]}

    def choices_made(self) -> dict:
        """Mode and key, as the verb takes them."""
        mode = self.cleaned_data.get("mode") or CREATE
        return {"mode": mode, "key": self.cleaned_data.get("key", "") if mode != CREATE else ""}

    def _names(self, place, header):
        chosen = self.cleaned_data.get(f"column-{place}")
        before = self.mapping.columns.get(header, ())
        return list(before) if before and chosen == before[0] else chosen


def _named(one):
    return format_lazy("{} · {}", one.label, required_word()) if one.required else one.label
