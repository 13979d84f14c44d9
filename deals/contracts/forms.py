"""The forms of a contract: its terms, the day it was signed, why it ends."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.masking import may_write
from crm.core.money import CURRENCIES, DEFAULT_CURRENCY
from crm.web.asking import AskForm, DayInput
from crm.web.forms import PickField, RecordForm
from deals.contracts.cleaning import OPEN_FIELDS, carried


class ContractForm(RecordForm):
    """Everything a person may write about a contract; once signed, only its notes are left."""

    company = PickField("companies", label=_("Company"), required=True)
    opportunity = PickField("opportunities", label=_("Opportunity"), narrow="company")
    name = forms.CharField(label=_("Contract name"), max_length=200)
    amount = forms.DecimalField(label=_("Amount"), max_digits=18, decimal_places=2)
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, initial=DEFAULT_CURRENCY)
    starts_on = forms.DateField(label=_("Starts"), required=False, widget=DayInput)
    ends_on = forms.DateField(label=_("Ends"), required=False, widget=DayInput)
    payment_terms = forms.CharField(label=_("Payment terms"), required=False, max_length=200, help_text=_("In words, such as 60-30-10, monthly, 30 days."))
    signatory = forms.CharField(label=_("Signs for the customer"), required=False, max_length=80)
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    sections = (
        (_("Parties"), ("company", "opportunity", "signatory")),
        (_("Terms"), ("name", ("amount", "currency"), ("starts_on", "ends_on"), "payment_terms", "notes")),
    )

    def drop_hidden(self):
        if self.record is not None:
            del self.fields["company"]
        if self.record is not None and not self.record.is_draft:
            self.fields = {name: found for name, found in self.fields.items() if name in OPEN_FIELDS | {"once", "version"}}
        elif not may_write(self.actor, "contracts.amount", is_new=self.record is None):
            del self.fields["amount"]

    @staticmethod
    def from_parents(opportunity, company):
        """What is known already when the contract comes out of an opportunity or of the page of a company."""
        known = carried({"opportunity": opportunity, "company": company})
        return {name: getattr(value, "pk", value) for name, value in known.items() if value is not None}


class SignForm(AskForm):
    """The day on which both sides had signed."""

    signed_on = forms.DateField(label=_("Signed on"), widget=DayInput, initial=clock.today)


class TerminateForm(AskForm):
    """Why the contract ends before its time."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
