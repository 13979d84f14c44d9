"""What was sold and what came in: by month, person, team or product, straight from the rows of orders and payments."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, DecimalField, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from crm.accounts.models import Team, User
from crm.core import clock
from deals.orders.models import Order, OrderLine
from deals.payments.models import Payment
from deals.products.models import Product
from reports.slices.amounts import total
from reports.slices.periods import Period, month_words
from reports.slices.slices import Slice

MONTH, PERSON, TEAM, PRODUCT = "month", "person", "team", "product"
# In the address; months are the usual way.
BY = {"by": {MONTH: _lazy("By month"), PERSON: _lazy("By person"), TEAM: _lazy("By team"), PRODUCT: _lazy("By product")}}
COLUMNS = {PERSON: "owner", TEAM: "team"}
NAMES = {PERSON: User, TEAM: Team, PRODUCT: Product}
QUANTITY = DecimalField(max_digits=18, decimal_places=3)


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
        return _by_product(part, period)
    lines: dict = {month: Line(month, month_words(month)) for month in period.months()} if by == MONTH else {}
    for found, names in ((_received(part, period, by), ("received", "payments")), (_ordered(part, period, by), ("ordered", "orders"))):
        for key, amount, count in found:
            line = lines.setdefault(key, Line(key, ""))
            for name, value in zip(names, (amount, count), strict=True):
                setattr(line, name, value)
    if by == MONTH:
        return list(lines.values())
    return _named(list(lines.values()), by)


def totals(part: Slice, period: Period) -> Line:
    """The result of the whole period."""
    received = payments_in(part, period).aggregate(amount=total(), count=Count("pk"))
    ordered = orders_in(part, period).aggregate(amount=total(), count=Count("pk"))
    return Line(None, "", received["amount"], received["count"], ordered["amount"], ordered["count"])


def _received(part, period, by):
    rows = payments_in(part, period)
    key = {"key": TruncMonth("received_on")} if by == MONTH else {}
    return _grouped(rows, key, by)


def _ordered(part, period, by):
    rows = orders_in(part, period)
    key = {"key": TruncMonth("placed_at", tzinfo=timezone.get_default_timezone())} if by == MONTH else {}
    return [(key.date() if by == MONTH else key, amount, count) for key, amount, count in _grouped(rows, key, by)]


def _grouped(rows, key, by):
    column = "key" if by == MONTH else COLUMNS[by]
    return list(rows.annotate(**key).order_by().values(column).annotate(sum=total(), count=Count("pk")).values_list(column, "sum", "count"))


def _by_product(part, period):
    lines = OrderLine.objects.filter(order__in=orders_in(part, period).values("pk")).order_by().values("product")
    found = lines.annotate(sum=total(currency="order__currency"), count=Count("order", distinct=True), pieces=Sum("quantity", output_field=QUANTITY))
    rows = [Line(row["product"], "", ordered=row["sum"], orders=row["count"], quantity=row["pieces"]) for row in found]
    return _named(rows, PRODUCT)


def payments_in(part, period):
    """Money that moved on these days: receipts less refunds."""
    return part.rows(Payment).moved().filter(received_on__range=(period.first, period.last))


def orders_in(part, period):
    """Orders placed on these days that stand."""
    first, last = clock.bounds_of(period.first)[0], clock.bounds_of(period.last)[1]
    return part.rows(Order).placed().filter(placed_at__gte=first, placed_at__lt=last)


def _named(lines, by):
    names = {row.pk: str(row) for row in NAMES[by]._base_manager.filter(pk__in=[line.key for line in lines if line.key])}
    for line in lines:
        line.name = names.get(line.key) or _("nobody")
    return sorted(lines, key=lambda line: (-line.received, -line.ordered, line.name))
