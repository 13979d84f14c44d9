"""The lines of an order as rows of a form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.web.forms import PickField
from crm.web.rows import Rows
from deals.orders.cleaning import LINE_FIELDS, MOST_LINES


class LineForm(forms.Form):
    """One product with quantity, price and discount; without a price it is the list price."""

    product = PickField("products", label=_("Product"))
    quantity = forms.DecimalField(label=_("Quantity"), required=False, max_digits=14, decimal_places=3)
    unit_price = forms.DecimalField(label=_("Unit price"), required=False, max_digits=18, decimal_places=2)
    discount = forms.DecimalField(label=_("Discount, %"), required=False, max_digits=5, decimal_places=2)

    def __init__(self, *args, actor, **kwargs):
        self.actor = actor
        super().__init__(*args, **kwargs)


class Lines(Rows):
    """All lines of an order."""

    form, name, keys, most = LineForm, "lines", LINE_FIELDS, MOST_LINES
    marks = ("product", "unit_price", "discount")
