"""The forms of an order: what it says, its lines, why its price is declined, why it is called off."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.core.masking import may_write
from crm.core.money import CURRENCIES, DEFAULT_CURRENCY
from crm.web.asking import AskForm
from crm.web.forms import PickField, RecordForm
from deals.orders.cleaning import carried
from deals.orders.lineforms import Lines


class OrderForm(RecordForm):
    """What a person writes about an order; its lines are rows of their own in `lines`."""

    company = PickField("companies", label=_("Company"), required=True)
    contract = PickField("contracts", label=_("Contract"), narrow="company")
    opportunity = PickField("opportunities", label=_("Opportunity"), narrow="company", help_text=_("Placing the order wins it."))
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, initial=DEFAULT_CURRENCY)
    marked_special = forms.BooleanField(label=_("Special price by agreement: let the team lead decide"), required=False)
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    sections = (
        (_("For whom"), ("company", ("contract", "opportunity"))),
        (_("Terms"), ("currency", "marked_special", "notes")),
    )

    def __init__(self, data=None, *args, known=(), shape=None, **kwargs):
        super().__init__(data, *args, **kwargs)
        rows = [{**line, "product": line["product"].pk} for line in known]
        self.lines = (shape or Lines(data, rows, actor=self.actor)) if self.writes_lines else None

    @property
    def writes_lines(self):
        """Whoever reads prices covered cannot write them."""
        return may_write(self.actor, "orders.amount", is_new=self.record is None)

    def drop_hidden(self):
        if self.record is not None:
            del self.fields["company"]

    def is_valid(self):
        return all([super().is_valid(), self.lines is None or self.lines.is_valid()])

    def line_values(self):
        """The lines for the verb; None leaves them as they are."""
        return self.lines.values() if self.lines else None

    def take(self, refusal):
        if self.lines:
            self.lines.take(self, refusal)
        else:
            super().take(refusal)

    @staticmethod
    def from_parents(contract, opportunity, company):
        """What is known already when the order comes out of a contract, an opportunity or the page of a company."""
        known = carried({"contract": contract, "opportunity": opportunity, "company": company})
        return {name: getattr(value, "pk", value) for name, value in known.items() if value is not None}


class DeclineForm(AskForm):
    """Why the special price is not agreed to."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("The owner of the order reads it."))


class CancelForm(AskForm):
    """Why the order is called off."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
