"""The plan of an order's payments as a form: rows of day and amount, filled by equal parts or by percent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.errors import Invalid
from crm.web.asking import AskForm, DayInput
from crm.web.rows import Rows
from deals.payments.plans import MOST_PARTS, equal_parts, months_after, shares


class PartForm(forms.Form):
    """One instalment."""

    due_on = forms.DateField(label=_("Due"), widget=DayInput)
    amount = forms.DecimalField(label=_("Amount"), max_digits=18, decimal_places=2)

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)


class Parts(Rows):
    """All instalments of a plan."""

    form, name, keys, most, spare = PartForm, "parts", ("due_on", "amount"), MOST_PARTS, 1

    def pairs(self):
        """Day and amount of each, for the verb."""
        return [(row["due_on"], row["amount"]) for row in self.values()]


class SplitForm(AskForm):
    """How the amount is cut: into so many equal parts, or by percent, one part every so many months."""

    parts_wanted = forms.IntegerField(label=_("Equal parts"), min_value=1, max_value=MOST_PARTS, required=False, initial=3)
    percents = forms.CharField(label=_("Or by percent"), required=False, max_length=400, help_text=_("Such as 60, 30, 10."))
    first = forms.DateField(label=_("First day"), widget=DayInput, initial=clock.today)
    months = forms.IntegerField(label=_("Months between"), min_value=0, max_value=120, initial=1)

    def rows(self, total):
        """The parts of `total` as rows of the plan."""
        values = self.cleaned_data
        percents = [part for part in values["percents"].replace("，", ",").replace("%", "").replace("-", ",").replace("、", ",").split(",") if part.strip()]
        if percents:
            days = [months_after(values["first"], values["months"] * place) for place in range(len(percents))]
            pairs = shares(total, list(zip(days, percents, strict=True)))
        else:
            pairs = equal_parts(total, values["parts_wanted"] or 1, first=values["first"], months=values["months"])
        return [{"due_on": day, "amount": amount} for day, amount in pairs]

    def split(self, total):
        """The rows, or None with what is wrong at the fields."""
        if not self.is_valid():
            return None
        try:
            return self.rows(total)
        except Invalid as refusal:
            self.add_error("percents" if self.cleaned_data["percents"] else "parts_wanted", str(refusal))
            return None


class PlanForm(AskForm):
    """The plan itself: its rows, and the form that fills them."""

    def __init__(self, data=None, files=None, *, known=(), shape=None, **kwargs):
        super().__init__(data, **kwargs)
        self.parts = shape or Parts(data, known, actor=self.actor)
        self.split_form = SplitForm(actor=self.actor, record=self.record, prefix="split")

    def is_valid(self):
        return all([super().is_valid(), self.parts.is_valid()])

    def take(self, refusal):
        self.parts.take(self, refusal)
