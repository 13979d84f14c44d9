"""The form of a company."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.web.forms import PickField, RecordForm, TagsField
from customers.companies import options, regions
from customers.companies.models import Grade


def _options(name):
    return lambda: [("", "—"), *options.choices(name)]


class CompanyForm(RecordForm):
    """Everything a person may write about a company; what it must look like is in cleaning."""

    name = forms.CharField(label=_("Company name"), max_length=200, widget=forms.TextInput(attrs={"autofocus": True}))
    short_name = forms.CharField(label=_("Short name"), max_length=80, required=False)
    credit_code = forms.CharField(
        label=_("Unified social credit code"), required=False, max_length=40, help_text=_("18 characters, on the business licence.")
    )
    parent = PickField("companies", label=_("Group"))
    industry = forms.ChoiceField(label=_("Industry"), required=False, choices=_options("industry"))
    size = forms.ChoiceField(label=_("Size"), required=False, choices=_options("size"))
    region = forms.CharField(label=_("Region"), required=False, help_text=_("Province, city or district, such as 苏州."))
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

    def from_record(self, record):
        found = super().from_record(record)
        if record is not None:
            found["region"] = regions.words(record.region)
        return found

    def drop_hidden(self):
        for name in ("phone", "credit_code"):
            if self.actor.field_rule(f"companies.{name}") != "edit":
                del self.fields[name]


class HandOverForm(forms.Form):
    """Who gets the chosen records, and why."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)

    def __init__(self, *args, actor, **kwargs):
        self.actor = actor
        super().__init__(*args, **kwargs)
        self.fields = {"owner": PickField("people", label=_("New owner"), required=True)} | self.fields
