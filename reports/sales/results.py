"""What was sold and what came in: by month, person, team or product."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.accounts.models import Team, User
from deals.orders.models import Order
from deals.products.models import Product
from reports.sales.sources import MONTH, ORDERED, PERSON, PRODUCT, PRODUCTS, RECEIVED, TEAM, placed_in
from reports.slices.periods import Period, month_words
from reports.slices.slices import Slice

# In the address; months are the usual way.
BY = {"by": {MONTH: gettext_lazy("By month"), PERSON: gettext_lazy("By person"), TEAM: gettext_lazy("By team"), PRODUCT: gettext_lazy("By product")}}
NAMES = {PERSON: User, TEAM: Team, PRODUCT: Product}


@dataclass
class Line:
    """The result of one month, person, team or product; of a product no money can be told, only what was ordered."""

    key: object
    name: str
    received: Decimal = Decimal(0)
    payments: int = 0
    ordered: Decimal = Decimal(0)
    orders: int = 0
    quantity: Decimal | None = None


def results(part: Slice, period: Period, by: str) -> list[Line]:
    """One line each: months in their order, the others by what came in (products by what was ordered), most first."""
    if by == PRODUCT:
        found = PRODUCTS.sums(part, period, by)
        return _named([Line(key, "", ordered=amount, orders=orders, quantity=pieces) for key, (amount, orders, pieces) in found.items()], by)
    lines: dict = {month: Line(month, month_words(month)) for month in period.months()} if by == MONTH else {}
    for key, (amount, count) in RECEIVED.sums(part, period, by).items():
        line = lines.setdefault(key, Line(key, ""))
        line.received, line.payments = amount, count
    for key, (amount, count) in ORDERED.sums(part, period, by).items():
        line = lines.setdefault(key, Line(key, ""))
        line.ordered, line.orders = amount, count
    return list(lines.values()) if by == MONTH else _named(list(lines.values()), by)


def results_and_total(part: Slice, period: Period, by: str) -> tuple[list[Line], Line]:
    """The lines, and the result of the whole period: any cut adds up to it, but for products, of whose orders one may have several."""
    lines = results(part, period, by)
    return lines, _whole(results(part, period, MONTH) if by == PRODUCT else lines)


def orders_in(part, period):
    """Orders placed on these days that stand."""
    return placed_in(part.rows(Order), period.first, period.last)


def _whole(lines):
    whole = Line(None, "")
    for line in lines:
        whole.received, whole.payments = whole.received + line.received, whole.payments + line.payments
        whole.ordered, whole.orders = whole.ordered + line.ordered, whole.orders + line.orders
    return whole


def _named(lines, by):
    names = {row.pk: str(row) for row in NAMES[by]._base_manager.filter(pk__in=[line.key for line in lines if line.key])}
    for line in lines:
        line.name = names.get(line.key) or _("nobody")
    return sorted(lines, key=lambda line: (-line.received, -line.ordered, line.name))
