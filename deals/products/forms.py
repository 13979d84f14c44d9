"""The form of a product."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.core.masking import may_write
from crm.web.forms import RecordForm


class ProductForm(RecordForm):
    """Everything a person may write about a product; what it must look like is in cleaning."""

    name = forms.CharField(label=_("Product name"), max_length=200, widget=forms.TextInput(attrs={"autofocus": True}))
    code = forms.CharField(label=_("Code"), max_length=60)
    category = forms.CharField(label=_("Category"), required=False, max_length=80, help_text=_("A new name makes a new category."))
    unit = forms.CharField(label=_("Unit"), required=False, max_length=20)
    list_price = forms.DecimalField(label=_("List price"), required=False, max_digits=18, decimal_places=2)
    floor_price = forms.DecimalField(
        label=_("Floor price"),
        required=False,
        max_digits=18,
        decimal_places=2,
        help_text=_("Below it, an order needs the team lead's word."),
    )
    tax_rate = forms.DecimalField(label=_("Tax rate, %"), required=False, max_digits=5, decimal_places=2)

    sections = (
        (_("Identity"), ("name", ("code", "category"), "unit")),
        (_("Price"), (("list_price", "floor_price"), "tax_rate")),
    )

    def drop_hidden(self):
        if not may_write(self.actor, "products.floor_price", is_new=self.record is None):
            del self.fields["floor_price"]
