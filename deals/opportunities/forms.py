"""The forms of an opportunity: what it is, what a stage still asks, how it was lost."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.core.masking import may_write
from crm.web.asking import AskForm, DayInput
from crm.web.forms import PickField, RecordForm
from customers.companies import options
from deals.opportunities.models import LostReason

LONG = {"rows": 3}


def _sources():
    return [("", "—"), *options.choices("source")]


def _industries():
    return [("", "—"), *options.choices("industry")]


def _reasons():
    tree = LostReason.objects.filter(parent__isnull=False).select_related("parent")
    groups = {}
    for reason in tree:
        groups.setdefault(str(reason.parent), []).append((reason.pk, str(reason)))
    return [("", "—"), *groups.items()]


class OpportunityForm(RecordForm):
    """Everything a person may write about an opportunity; its stage changes by moving it."""

    company = PickField("companies", label=_("Company"), required=True)
    contact = PickField("contacts", label=_("Contact"), narrow="company")
    name = forms.CharField(label=_("Name"), max_length=200)
    product = PickField("products", label=_("Product"))
    need = forms.CharField(label=_("Need"), required=False, widget=forms.Textarea(attrs=LONG))
    amount = forms.DecimalField(label=_("Expected amount"), required=False, max_digits=18, decimal_places=2)
    expected_close = forms.DateField(label=_("Expected close"), required=False, widget=DayInput)
    source = forms.ChoiceField(label=_("Source"), required=False, choices=_sources)
    demo_note = forms.CharField(label=_("Demo record"), required=False, widget=forms.Textarea(attrs=LONG))
    quote_note = forms.CharField(label=_("Quote sent"), required=False, widget=forms.Textarea(attrs=LONG))
    decision_path = forms.CharField(label=_("Decision and payment path"), required=False, widget=forms.Textarea(attrs=LONG))
    test_result = forms.CharField(label=_("Test result"), required=False, widget=forms.Textarea(attrs=LONG))

    sections = (
        (_("For whom"), ("company", "contact")),
        (_("What"), ("name", "product", "need", ("amount", "expected_close"), "source")),
        (_("What the stages ask"), ("demo_note", "quote_note", "decision_path", "test_result")),
    )
    folded = (_("What the stages ask"),)

    def drop_hidden(self):
        if self.record is not None:
            del self.fields["company"]
        if not may_write(self.actor, "opportunities.amount", is_new=self.record is None):
            del self.fields["amount"]


class MoveForm(AskForm):
    """What the next stage still asks; only what is missing is shown."""

    stage = forms.CharField(widget=forms.HiddenInput)
    amount = forms.DecimalField(label=_("Expected amount"), required=False, max_digits=18, decimal_places=2)
    expected_close = forms.DateField(label=_("Expected close"), required=False, widget=DayInput)
    need = forms.CharField(label=_("Need"), required=False, widget=forms.Textarea(attrs=LONG))
    industry = forms.ChoiceField(label=_("Type of customer (industry)"), required=False, choices=_industries)
    demo_note = forms.CharField(label=_("Demo record"), required=False, widget=forms.Textarea(attrs=LONG))
    quote_note = forms.CharField(label=_("Quote sent"), required=False, widget=forms.Textarea(attrs=LONG))
    decision_path = forms.CharField(label=_("Decision and payment path"), required=False, widget=forms.Textarea(attrs=LONG))
    test_result = forms.CharField(label=_("Test result"), required=False, widget=forms.Textarea(attrs=LONG))
    override_reason = forms.CharField(label=_("Reason to move on all the same"), required=False, max_length=300)

    def only(self, fields):
        """Keep the fields that are asked for, and the reason for those who may override."""
        kept = {"stage", *fields} | ({"override_reason"} if self.actor.may("opportunities.override") else set())
        self.fields = {name: found for name, found in self.fields.items() if name in kept}

    def given(self):
        """What was typed, without the stage and the reason."""
        return {
            name: value for name, value in self.cleaned_data.items()
            if name not in ("stage", "override_reason") and value not in (None, "")
        }  # fmt: skip


class LoseForm(AskForm):
    """Why the sale was lost: reason, competitor, and what happened."""

    reason = forms.ChoiceField(label=_("Reason"), choices=_reasons)
    competitor = forms.CharField(label=_("Competitor"), max_length=120, help_text=_("Write “none” where there was none."))
    note = forms.CharField(label=_("What happened"), widget=forms.Textarea(attrs=LONG))

    def clean_reason(self):
        """The chosen reason as a record."""
        return LostReason.objects.filter(pk=self.cleaned_data["reason"]).first()


class ReasonForm(AskForm):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs=LONG), max_length=300)
