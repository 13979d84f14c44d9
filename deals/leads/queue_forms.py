"""The form of one call in the queue: the way, what came of it, what was said, and when to call again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.web.asking import MomentInput
from crm.web.forms import RecordForm
from deals.leads import times
from interactions.followups.models import Channel
from interactions.log.models import Outcome

CHANNELS = (Channel.PHONE, Channel.WECHAT, Channel.EMAIL, Channel.VISIT)
PICK = "pick"


class CallForm(RecordForm):
    """One contact with a lead; without words the outcome stands for what was said."""

    channel = forms.ChoiceField(choices=[(way.value, way.label) for way in CHANNELS], initial=Channel.PHONE, label=_("Channel"))
    outcome = forms.ChoiceField(choices=Outcome.choices, label=_("Outcome"), error_messages={"required": _("Choose what came of it.")})
    said = forms.CharField(required=False, label=_("What was said"), max_length=20_000)
    next = forms.CharField(required=False, max_length=20)
    next_at = forms.DateTimeField(required=False, widget=MomentInput, label=_("Choose a time"))

    def from_record(self, record):
        return {"channel": Channel.PHONE}

    def clean(self):
        """The chosen time as a moment; a time that passed while the page lay open must be chosen again."""
        given = super().clean()
        if given.get("next") == PICK:
            given["moment"] = given.get("next_at")
            if not given["moment"] and "next_at" not in self.errors:
                self.add_error("next_at", _("Choose a time."))
        elif given.get("next"):
            given["moment"] = times.moment_of(given["next"])
            if given["moment"] is None:
                self.add_error("next", _("This time has passed. Choose another."))
        return given

    def values(self):
        """The input of the verb that logs."""
        given = self.cleaned_data
        words = given["said"].strip()
        said = {"key_points": words} if words else {"subject": str(Outcome(given["outcome"]).label)}
        later = {"next_step_at": given["moment"]} if given.get("moment") else {}
        return {"channel": given["channel"], "outcome": given["outcome"], **said, **later}

    def field_of(self, name):
        return {"key_points": "said", "subject": "said", "next_step_at": "next", "due_at": "next"}.get(name, name)
