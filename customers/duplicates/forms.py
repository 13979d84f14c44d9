"""What people give to look for duplicates in a spreadsheet."""

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.matching.columns import HEADERS
from customers.matching.reasons import NAMES

ACCEPT = forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.csv,.tsv,.txt"})
LABELS = NAMES | {
    "ref": _("number of the row"),
    "short_name": _("short name"),
    "website": _("website"),
    "region": _("region"),
    "district": _("district"),
    "title": _("position"),
    "department": _("department"),
    "industry": _("industry"),
}
KINDS = [("", _("not compared")), *((kind, LABELS[kind]) for kind in HEADERS)]


class SheetForm(forms.Form):
    """One sheet, or two that are to be compared with each other."""

    file = forms.FileField(label=_("Spreadsheet"), max_length=200, help_text=_("XLSX, XLS or CSV, up to 50 MB; people or companies."), widget=ACCEPT)
    second = forms.FileField(
        label=_("A second one"), max_length=200, required=False, help_text=_("To find who stands in both."), widget=forms.ClearableFileInput(ACCEPT.attrs)
    )


class ColumnsForm(forms.Form):
    """What each column of the sheets holds."""

    def __init__(self, *args, sources, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {}
        for number, source in enumerate(sources):
            for place, column in enumerate(source.columns):
                name = f"column-{number}-{place}"
                # The table heads the column once for all; each choice is named by the header it speaks of.
                widget = forms.Select(attrs={"class": "km-input", "aria-label": column.header})
                self.fields[name] = forms.ChoiceField(label=column.header, choices=KINDS, initial=column.kind, required=False, widget=widget)
                self.places[name] = (number, column.header)

    def kinds(self, count):
        """For each sheet header → kind."""
        found = [{} for _number in range(count)]
        for name, (number, header) in self.places.items():
            found[number][header] = self.cleaned_data[name]
        return found
