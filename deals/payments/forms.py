"""The forms of money: receive, give back, write off, recover, and what settles what."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.masking import may_write
from crm.web import formats
from crm.web.asking import AskForm, DayInput
from crm.web.forms import PickField, RecordForm
from deals.payments import allocation
from deals.payments.balances import balance
from deals.payments.models import Instalment, Payment


class ReceiveForm(RecordForm):
    """Money that came in for an order; opened from the order, the outstanding amount stands in it already."""

    order = PickField("orders", label=_("Order"), required=True)
    amount = forms.DecimalField(label=_("Amount"), max_digits=18, decimal_places=2)
    received_on = forms.DateField(label=_("Received on"), widget=DayInput, initial=clock.today)
    method = forms.ChoiceField(label=_("Method"), choices=Payment.Method.choices, required=False)
    payer = forms.CharField(label=_("Payer"), required=False, max_length=200, help_text=_("As it stands on the bank statement."))
    reference = forms.CharField(label=_("Reference"), required=False, max_length=120, help_text=_("The bank's serial number."))
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    sections = ((_("What came in"), ("order", ("amount", "received_on"), ("method", "payer"), "reference", "notes")),)

    def from_record(self, order):
        """What is known of an order: what is still outstanding, and who will have paid."""
        return {"amount": balance(order).outstanding, "payer": order.company.name} if order else {}

    def drop_hidden(self):
        if self.record is not None:
            del self.fields["order"]
        for name in ("amount", "payer"):
            if not may_write(self.actor, f"payments.{name}", is_new=True):
                del self.fields[name]


class BackForm(RecordForm):
    """How much goes back or is given up, when and why; `most` is what is left."""

    amount = forms.DecimalField(label=_("Amount"), max_digits=18, decimal_places=2)
    on = forms.DateField(label=_("Day"), widget=DayInput, initial=clock.today)
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def from_record(self, record):
        return {"amount": self.most(record)}

    @staticmethod
    def most(record):
        """What is left to give back of a payment, or to receive of an order."""
        return allocation.left(record) if isinstance(record, Payment) else balance(record).outstanding


class AllocateForm(AskForm):
    """How much of a payment settles which instalment; an empty field settles nothing."""

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.settled = allocation.allocated(record)
        self.rows = list(Instalment.objects.filter(order=record.order_id).with_open().due_first())
        for row in self.rows:
            self.fields[self.name_of(row)] = self._field(row)

    def values(self):
        """Pairs of instalment and amount for the verb."""
        return [(row, amount) for row in self.rows if (amount := self.cleaned_data.get(self.name_of(row)))]

    def field_of(self, name):
        """The verb refuses the whole; the sentence stands above the fields."""
        return ""

    @staticmethod
    def name_of(row):
        return f"part_{row.pk}"

    def _field(self, row):
        settled = self.settled.get(row, 0)
        most = row.open + settled
        return forms.DecimalField(
            label=gettext("No. %(n)d, due %(day)s") % {"n": row.position, "day": formats.day(row.due_on)},
            help_text=gettext("At most %(most)s.") % {"most": formats.money_plain(most)},
            required=False, min_value=0, max_digits=18, decimal_places=2, initial=settled or None,
        )  # fmt: skip
