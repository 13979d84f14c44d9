"""The forms of a contact: the person, and several ways to reach him in one form without scripts."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.web import formats
from crm.web.forms import PickField, RecordForm, TagsField
from customers.companies import options
from customers.companies.forms import RegionField
from customers.contacts import rules, waylists
from customers.contacts.models import ContactPoint, DecisionRole, Gender, Rule
from customers.contacts.policies import PHONES, may_add, may_replace
from customers.matching.forms import watch

# Empty rows for further numbers and addresses.
SPARE = 2
MOST_ROWS = 30


def typed(point):
    """A number or address as somebody would type it."""
    if point.kind not in PHONES:
        return point.value
    number, _mark, extension = point.value.partition(";")
    return formats.phone(number, extension)


class ContactForm(RecordForm):
    """Everything a person may write about a contact; what it must look like is in cleaning."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=200, widget=forms.TextInput(attrs={"autofocus": True}))
    company = PickField("companies", label=_("Company"))
    position = forms.CharField(label=_("Position"), required=False, max_length=80)
    department = forms.CharField(label=_("Department"), required=False, max_length=80)
    decision_role = forms.ChoiceField(label=_("Role in the decision"), required=False, choices=[("", "—"), *DecisionRole.choices])
    mobile = forms.CharField(label=_("Mobile"), required=False, max_length=60, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    phone = forms.CharField(
        label=_("Second phone"),
        required=False,
        max_length=60,
        help_text=_("Fixed line with area code, or a number abroad with + in front."),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    email = forms.CharField(label=_("E-mail"), required=False, max_length=200, widget=forms.TextInput(attrs={"inputmode": "email"}))
    wechat = forms.CharField(label=_("WeChat"), required=False, max_length=200)
    gender = forms.ChoiceField(label=_("Gender"), required=False, choices=[("", "—"), *Gender.choices])
    birthday = forms.DateField(label=_("Birthday"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    region = RegionField(label=_("Region"))
    source = forms.ChoiceField(label=_("Source"), required=False, choices=lambda: [("", "—"), *options.choices("source")])
    interests = TagsField(label=_("Interests"))
    tags = TagsField(label=_("Tags"))
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    has_left = forms.BooleanField(label=_("Has left the company"), required=False)

    WAYS = ("mobile", "phone", "email", "wechat")

    def __init__(self, *args, record=None, **kwargs):
        self.points = list(record.points.all()) if record is not None else []
        super().__init__(*args, record=record, **kwargs)
        self.further = self._add_rows()
        if record is None:
            watch(self, "/customers/contacts/hint/", ("name", "company", *self.WAYS))
        for name, code in (("company", Rule.Code.COMPANY), ("position", Rule.Code.POSITION)):
            self.fields[name].required = rules.is_on(code) and (record is None or bool(getattr(record, name)))

    @property
    def sections(self):
        """Headings and the names below them; further ways stand in pairs of kind and value."""
        rows = [(f"kind_{n}", f"value_{n}") for n in range(self.further)]
        return (
            (_("Who it is"), ("name", "company", ("position", "department"), "decision_role", "has_left")),
            (_("How to reach"), (("mobile", "phone"), ("email", "wechat"))),
            (_("More ways to reach"), tuple(rows)),
            (_("More fields"), (("gender", "birthday"), ("region", "source"), "interests", "tags", "notes")),
        )

    @property
    def folded(self):
        """Further ways are folded away while there are none."""
        return (_("More fields"),) if self._extra else (_("More ways to reach"), _("More fields"))

    def from_record(self, record):
        if record is None:
            return {}
        mains = {name: waylists.main_of(self.points, name) for name in self.WAYS}
        return super().from_record(record) | {name: typed(point) if point else "" for name, point in mains.items()}

    def drop_hidden(self):
        may = may_add if self.record is None else may_replace
        for name in self.WAYS:
            if not may(self.actor, waylists.SHORT[name][0]):
                del self.fields[name]
        if self.record is None:
            del self.fields["has_left"]

    def values(self):
        """What was typed: the main ways by their short names, the further ones as a list."""
        found = super().values()
        self._given = [n for n in range(self.further) if found.get(f"value_{n}")]
        points = [{"kind": found[f"kind_{n}"], "value": found[f"value_{n}"], "label": self._label(n)} for n in self._given]
        for n in range(self.further):
            del found[f"kind_{n}"], found[f"value_{n}"]
        return found | {"points": points}

    def field_of(self, name):
        if name.startswith("points."):
            return f"value_{self._given[int(name.partition('.')[2])]}"
        return next((way for way in self.WAYS if way in self.fields), name) if name == "points" else name

    def _add_rows(self):
        """One row for each further way that is there already, and some empty ones."""
        self._extra = self._further_points()
        asked = sum(1 for key in self.data if key.startswith("value_")) if self.is_bound else 0
        count = min(max(len(self._extra) + SPARE, asked), MOST_ROWS)
        for n in range(count):
            known = self._extra[n] if n < len(self._extra) else None
            choices = [choice for choice in ContactPoint.Kind.choices if may_add(self.actor, choice[0])]
            kind = forms.ChoiceField(label=_("Kind"), required=False, choices=choices, initial=known.kind if known else "mobile")
            value = forms.CharField(label=_("Number or address"), required=False, max_length=200, initial=typed(known) if known else "")
            self.fields |= {f"kind_{n}": kind, f"value_{n}": value}
        return count

    def _further_points(self):
        mains = [waylists.main_of(self.points, name) for name in self.WAYS]
        return [point for point in self.points if point not in mains and may_replace(self.actor, point.kind)]

    def _label(self, n):
        return self._extra[n].label if n < len(self._extra) else ""


class MoveForm(forms.Form):
    """Where the person works now."""

    position = forms.CharField(label=_("Position"), required=False, max_length=80)

    def __init__(self, *args, actor, record=None, initial=None):
        self.actor = actor
        super().__init__(*args, initial=initial)
        self.fields = {"company": PickField("companies", label=_("New company"), required=True)} | self.fields

    take = RecordForm.take
    field_of = RecordForm.field_of
