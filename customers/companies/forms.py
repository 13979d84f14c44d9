"""The form of a company."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.core.masking import may_write
from crm.web import formats
from crm.web.forms import PickField, RecordForm, TagsField
from customers.companies import options
from customers.companies.models import Grade
from customers.matching.forms import watch


def _options(name):
    return lambda: [("", "—"), *options.choices(name)]


class RegionField(PickField):
    """A province, city or district, found by its name; gives back its code."""

    def __init__(self, **kwargs):
        super().__init__("regions", **kwargs)

    def clean(self, value):
        found = super().clean(value)
        return found.pk if found else ""


class CompanyForm(RecordForm):
    """Everything a person may write about a company; what it must look like is in cleaning."""

    name = forms.CharField(label=_("Company name"), max_length=200, widget=forms.TextInput(attrs={"autofocus": True}))
    short_name = forms.CharField(label=_("Short name"), max_length=80, required=False)
    credit_code = forms.CharField(label=_("Unified social credit code"), required=False, max_length=40, help_text=_("18 characters, on the business licence."))
    parent = PickField("companies", label=_("Group"))
    industry = forms.ChoiceField(label=_("Industry"), required=False, choices=_options("industry"))
    size = forms.ChoiceField(label=_("Size"), required=False, choices=_options("size"))
    region = RegionField(label=_("Region"))
    address = forms.CharField(label=_("Address"), required=False, max_length=300)
    phone = forms.CharField(label=_("Switchboard"), required=False, max_length=60)
    website = forms.CharField(label=_("Website"), required=False, max_length=200)
    source = forms.ChoiceField(label=_("Source"), required=False, choices=_options("source"))
    grade = forms.ChoiceField(label=_("Grade"), required=False, choices=[("", "—"), *Grade.choices])
    employees = forms.IntegerField(label=_("Employees"), required=False)
    revenue = forms.DecimalField(label=_("Yearly revenue"), required=False, max_digits=18, decimal_places=2)
    established = forms.IntegerField(label=_("Founded in"), required=False)
    tags = TagsField(label=_("Tags"))
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    sections = (
        (_("Identity"), ("name", "short_name", "credit_code", "parent")),
        (_("What they do"), ("industry", "size", "source", "grade", "tags")),
        (_("Where they are"), ("region", "address", "phone", "website")),
        (_("More fields"), ("employees", "revenue", "established", "notes")),
    )
    folded = (_("More fields"),)

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        if record is None:
            watch(self, "/customers/companies/hint/", ("name", "credit_code", "phone", "website"))

    def from_record(self, record):
        found = super().from_record(record)
        if found.get("phone"):
            number, _mark, extension = found["phone"].partition(";")
            found["phone"] = formats.phone(number, extension)
        return found

    def drop_hidden(self):
        for name in ("phone", "credit_code"):
            if not may_write(self.actor, f"companies.{name}", is_new=self.record is None):
                del self.fields[name]
