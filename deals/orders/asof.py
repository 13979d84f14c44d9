"""Orders and their lines in the picture of a customer as it was."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from crm.core.masking import HIDDEN, MASKED
from crm.web import formats
from customers.past.kinds import Part, register
from customers.past.own import apart, putting
from deals.orders import cleaning, services
from deals.orders.models import Order, OrderLine
from deals.products.models import Product

LINE = ("product_id", "quantity", "unit_price", "discount")


def _words(row, actor, names):
    """One line: product, quantity and price, the price only for those who read amounts."""
    text = f"{names.get((Product, row['product_id']), '—')} × {formats.number(Decimal(row['quantity']).normalize())}"
    if actor.field_rule("orders.amount") in (HIDDEN, MASKED):
        return text
    return f"{text} · {formats.money_plain(Decimal(row['unit_price']))}"


def _given(rows):
    """The lines as the verb takes them."""
    products = Product._base_manager.in_bulk([row["product_id"] for row in rows])
    return [{"product": products[row["product_id"]]} | {name: Decimal(row[name]) for name in LINE[1:]} for row in rows]


def _update(order, values, *, by, version):
    return services.update(order, values, values.pop("lines", None), by=by, version=version)


register(
    Order,
    put=putting(_update, services.assign),
    fields=apart(cleaning.FIELDS),
    also=("state", "amount"),
    put_away=services.delete,
    page="deals:orders:detail",
    position=40,
    stuck=_("An order that was placed or cancelled stays so; its sums follow its lines."),
    parts=(Part("lines", _("lines"), OrderLine, "order", LINE, _words, _given, lambda row, actor: actor.field_rule("orders.amount") == "edit"),),
)
