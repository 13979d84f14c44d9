"""What people choose on the pages of imports."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.importexport.headers import HEADER_WITHIN
from crm.importexport.importers import importers_for
from crm.importexport.intake import BOTH, CREATE, UPDATE
from crm.importexport.mapping import Mapping
from crm.web.components import required_word

MODES = [
    (CREATE, _("Only add new ones; those that are there already are left out")),
    (UPDATE, _("Only change those that are there already")),
    (BOTH, _("Change those that are there already, add the others")),
]
DATES = [
    ("mdy", _("month/day/year, as 3/31/2026")), ("dmy", _("day/month/year, as 31/3/2026")), ("ymd", _("year/month/day, as 26/3/31")),
]  # fmt: skip
DEPTHS = [(1, _("one row")), (2, _("two rows")), (3, _("three rows")), (0, _("the sheet has no header"))]


class UploadForm(forms.Form):
    """Which file, and what is in it."""

    kind = forms.ChoiceField(label=_("What is in the sheet"))
    file = forms.FileField(
        label=_("Spreadsheet"), max_length=200, help_text=_("XLSX, XLS, CSV or vCard, up to 50 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt,.vcf"}),
    )  # fmt: skip

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(importer.kind, importer.label) for importer in importers_for(actor)]


class HeaderForm(forms.Form):
    """Where the columns are named, and in which sheet of the file."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    row = forms.IntegerField(label=_("The columns are named from row"), min_value=1, max_value=HEADER_WITHIN)
    depth = forms.TypedChoiceField(label=_("The header takes up"), choices=DEPTHS, coerce=int)

    def __init__(self, *args, run, **kwargs):
        kwargs.setdefault("initial", {"sheet": run.sheet, "row": run.header_row, "depth": run.header_depth})
        super().__init__(*args, **kwargs)
        names = run.seen.get("sheets", [])
        self.fields["sheet"].choices = [(name, name) for name in names]
        if len(names) < 2:
            del self.fields["sheet"]


class MappingForm(forms.Form):
    """What each column means, and how the rows are taken."""

    mode = forms.ChoiceField(label=_("What to do with the rows"), choices=MODES, initial=CREATE, widget=forms.RadioSelect)
    key = forms.ChoiceField(label=_("A row finds its record by"), required=False)
    dates = forms.ChoiceField(label=_("Dates with slashes are written"), choices=DATES, initial="mdy")
    keep_as = forms.CharField(
        label=_("Keep this choice of columns as"), required=False, max_length=80, help_text=_("It is used again for the next sheet with these columns.")
    )

    is_shared = forms.BooleanField(label=_("Offer it to everybody"), required=False)

    def __init__(self, *args, run, importer, may_share=False, **kwargs):
        mapping = Mapping.read(importer, run.mapping)
        kwargs.setdefault("initial", {"mode": run.mode, "key": run.key or "external_id", "dates": mapping.dates})
        super().__init__(*args, **kwargs)
        self.run, self.importer, self.mapping = run, importer, mapping
        if not may_share:
            del self.fields["is_shared"]
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
