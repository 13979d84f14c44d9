"""The forms of a follow-up: plan one, put it off, cancel it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.web.asking import AskForm, MomentInput
from crm.web.forms import PickField, RecordForm
from interactions.followups import naming
from interactions.followups.models import Channel


class AboutField(forms.CharField):
    """The lead or opportunity that a form is about: hidden, `leads:12`; gives back the record."""

    def __init__(self):
        super().__init__(widget=forms.HiddenInput, required=False, max_length=40)

    def get_bound_field(self, form, field_name):
        self.actor = form.actor
        return super().get_bound_field(form, field_name)

    def clean(self, value):
        word = super().clean(value)
        return naming.about_of(word, self.actor) if word else None

    def prepare_value(self, value):
        return naming.word_of(value) if hasattr(value, "noun") else value


class FollowUpForm(RecordForm):
    """What to do next with whom, when, and who does it."""

    about = AboutField()
    company = PickField("companies", label=_("Company"))
    contact = PickField("contacts", label=_("Contact"), narrow="company")
    title = forms.CharField(label=_("What to do"), max_length=200, widget=forms.TextInput(attrs={"autofocus": True}))
    due_at = forms.DateTimeField(label=_("Due"), widget=MomentInput)
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, initial=Channel.PHONE)
    owner = PickField("people", label=_("Who does it"), help_text=_("Empty: you."))

    sections = (("", ("about", "company", "contact", "title", ("due_at", "channel"), "owner")),)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.actor = self.actor
        if (not self.is_bound and self.initial.get("about")) or self.data.get("about"):
            del self.fields["company"], self.fields["contact"]

    def drop_hidden(self):
        if not self.actor.may("followups.assign"):
            del self.fields["owner"]

    def values(self):
        """What was typed; `owner` is not a value but says who has to do it."""
        found = {name: value for name, value in super().values().items() if value not in (None, "")}
        self.owner = found.pop("owner", None)
        return found


class RescheduleForm(AskForm):
    """The new time."""

    due_at = forms.DateTimeField(label=_("New time"), widget=MomentInput)


class CancelForm(AskForm):
    """Why it is not needed any more."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)
