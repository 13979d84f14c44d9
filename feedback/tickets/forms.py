"""The forms of feedback: what the customer said, what we did, how satisfied they are, why it is open again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.web.asking import AskForm, MomentInput
from crm.web.forms import PickField, RecordForm, TagsField
from feedback.tickets.models import Ticket

STARS = [(5, _("5 very satisfied")), (4, _("4 satisfied")), (3, _("3 so-so")), (2, _("2 dissatisfied")), (1, _("1 very dissatisfied"))]


class TicketForm(RecordForm):
    """Everything a person may write about feedback; who gets it and by when follow by themselves."""

    company = PickField("companies", label=_("Company"))
    contact = PickField("contacts", label=_("Contact"), narrow="company")
    content = forms.CharField(label=_("What the customer said"), widget=forms.Textarea(attrs={"rows": 5}))
    name = forms.CharField(label=_("Subject"), required=False, max_length=200, help_text=_("Left empty, it is how the text begins."))
    category = forms.ChoiceField(label=_("Category"), choices=[("", "—"), *Ticket.Category.choices])
    priority = forms.ChoiceField(label=_("Priority"), choices=Ticket.Priority.choices, initial=Ticket.Priority.P3, help_text=_("Sets the due time."))
    channel = forms.ChoiceField(label=_("Channel"), choices=Ticket.Channel.choices, initial=Ticket.Channel.PHONE)
    product = PickField("products", label=_("Product"))
    tags = TagsField(label=_("Tags"))
    received_at = forms.DateTimeField(label=_("Came in"), required=False, widget=MomentInput, help_text=_("Now, unless said otherwise."))

    sections = (
        (_("From whom"), ("company", "contact")),
        (_("What it is about"), ("content", "name", ("category", "priority"))),
        (_("More fields"), ("product", ("channel", "received_at"), "tags")),
    )
    folded = (_("More fields"),)

    def values(self):
        found = super().values()
        if not found["received_at"]:
            del found["received_at"]
        return found


class ResolveForm(AskForm):
    """What was done about it."""

    resolution = forms.CharField(label=_("What we did"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))


class CloseForm(AskForm):
    """How satisfied the customer is, where it was asked."""

    satisfaction = forms.TypedChoiceField(
        label=_("How satisfied is the customer?"), choices=[*STARS, ("", _("Not asked"))], required=False, coerce=int,
        empty_value=None, widget=forms.RadioSelect, initial="",
    )  # fmt: skip


class ReopenForm(AskForm):
    """Why it was not solved after all."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
