"""The forms of an interaction: log it in seconds, correct it later."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.web.asking import MomentInput
from crm.web.forms import PickField, RecordForm
from interactions.followups.forms import AboutField
from interactions.followups.models import Channel
from interactions.log.models import Outcome

# The ways of every day come first.
FIRST = (Channel.PHONE, Channel.WECHAT, Channel.EMAIL, Channel.VISIT, Channel.MEETING)
STARS = [("", "—"), *((n, str(n)) for n in range(1, 6))]
LONG = {"rows": 3}


class InteractionForm(RecordForm):
    """Everything a person may write about an interaction that is there already."""

    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, initial=Channel.PHONE)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False, choices=[("", "—"), *Outcome.choices])
    subject = forms.CharField(label=_("Subject"), required=False, max_length=200)
    key_points = forms.CharField(label=_("Key points"), required=False, widget=forms.Textarea(attrs=LONG))
    question = forms.CharField(label=_("Customer's question"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    answer = forms.CharField(label=_("Our answer"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    satisfaction = forms.TypedChoiceField(label=_("Satisfaction"), required=False, choices=STARS, coerce=int, empty_value=None)
    minutes = forms.IntegerField(label=_("Minutes"), required=False)
    is_inbound = forms.BooleanField(label=_("The customer contacted us"), required=False)
    at = forms.DateTimeField(label=_("Time"), required=False, widget=MomentInput)
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=200)

    sections = (("", (("channel", "outcome"), "subject", "key_points", "question", "answer", ("satisfaction", "minutes"), ("at", "is_inbound"), "next_step")),)

    def values(self):
        """What was typed; an emptied time stays as it was."""
        found = super().values()
        return found if found.get("at") else {name: value for name, value in found.items() if name != "at"}


class LogForm(InteractionForm):
    """A new interaction: with whom, what came of it, and what comes next."""

    about = AboutField()
    company = PickField("companies", label=_("Company"))
    contact = PickField("contacts", label=_("Contact"), narrow="company")
    next_step_at = forms.DateTimeField(label=_("When"), required=False, widget=MomentInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.actor = self.actor
        if self.data.get("about") or (not self.is_bound and self.initial.get("about")):
            del self.fields["company"], self.fields["contact"]
        self.fields["outcome"].choices = Outcome.choices

    def values(self):
        """What was typed and is not empty."""
        return {name: value for name, value in super().values().items() if value not in (None, "", False)}

    @property
    def known_company(self):
        """The id of the company whose page the form stands on."""
        return self.fields["company"].prepare_value(self["company"].value())

    @property
    def known_contact(self):
        """The id of the person whose page the form stands on; none on the page of a company."""
        return self.fields["contact"].prepare_value(self.initial.get("contact"))

    @property
    def channels(self):
        """Every way, those of every day first, and which one is chosen."""
        chosen = self["channel"].value()
        return [(way.value, way.label, way.value == chosen) for way in (*FIRST, *(other for other in Channel if other not in FIRST))]
