"""Where the figures of sales come from: the rows themselves, and beyond one team the summaries of whole months."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from operator import add

from django.db.models import Count, DecimalField, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from crm.core import clock
from deals.orders.models import Order, OrderLine
from deals.payments.models import Payment
from reports.sales.models import OrderedMonth, ReceivedMonth, TeamProductMonth
from reports.slices.amounts import total
from reports.slices.periods import Period, split_months
from reports.slices.slices import Slice

MONTH, PERSON, TEAM, PRODUCT = "month", "person", "team", "product"
# The column of the cells by which each way to cut is told apart.
CELLS = {MONTH: "month", PERSON: "owner_id", TEAM: "team_id", PRODUCT: "product_id"}
COLUMNS = {MONTH: "month", PERSON: "owner", TEAM: "team"}
QUANTITY = DecimalField(max_digits=18, decimal_places=3)


@dataclass(frozen=True)
class Source:
    """One kind of figures: `grouped(rows, first, last, by)` makes rows of key and values, `measures` are those values in the cells."""

    model: type
    cells: type
    measures: tuple[str, ...]
    grouped: Callable

    def sums(self, part: Slice, period: Period, by: str) -> dict:
        """Month (its first day), or id of person, team or product, None for nobody → the values."""
        found: dict = {}
        for key, *values in chain.from_iterable(self._selections(part, period, by)):
            found[key or None] = tuple(map(add, found[key or None], values)) if (key or None) in found else tuple(values)
        return found

    def _selections(self, part, period, by):
        if not part.is_wide(self.model):
            return [self.grouped(part.rows(self.model), period.first, period.last, by)]
        months, edges = split_months(period.first, period.last)
        found = [self.grouped(part.rows(self.model), *edge, by) for edge in edges]
        for first, last in months:
            found.append(self._of_cells(part, first, last, by))
            beyond = part.beyond_cells(self.model)
            found.append([] if beyond is None else self.grouped(beyond, first, last, by))
        return found

    def _of_cells(self, part, first, last, by):
        cells = self.cells.objects.filter(part.in_cells(self.model), month__range=(first, last))
        return cells.order_by().values_list(CELLS[by]).annotate(*(Sum(name) for name in self.measures))


def moved_in(payments, first, last):
    """Of these payments those that moved money on these days: receipts less refunds."""
    return payments.moved().filter(received_on__range=(first, last))


def placed_in(orders, first, last):
    """Of these orders those placed on these days that stand."""
    return orders.placed().filter(placed_at__gte=clock.bounds_of(first)[0], placed_at__lt=clock.bounds_of(last)[1])


def _received(rows, first, last, by):
    return _grouped(moved_in(rows, first, last).annotate(month=TruncMonth("received_on")), by)


def _ordered(rows, first, last, by):
    found = _grouped(placed_in(rows, first, last).annotate(month=TruncMonth("placed_at", tzinfo=timezone.get_default_timezone())), by)
    return [(key.date(), *values) for key, *values in found] if by == MONTH else found


def _grouped(rows, by):
    return rows.order_by().values(COLUMNS[by]).annotate(sum=total(), count=Count("pk")).values_list(COLUMNS[by], "sum", "count")


def _of_products(rows, first, last, by):
    lines = OrderLine.objects.filter(order__in=placed_in(rows, first, last).values("pk")).order_by().values("product")
    found = lines.annotate(sum=total(currency="order__currency"), count=Count("order", distinct=True), pieces=Sum("quantity", output_field=QUANTITY))
    return found.values_list("product", "sum", "count", "pieces")


RECEIVED = Source(Payment, ReceivedMonth, ("amount", "payments"), _received)
ORDERED = Source(Order, OrderedMonth, ("amount", "orders"), _ordered)
PRODUCTS = Source(Order, TeamProductMonth, ("amount", "orders", "quantity"), _of_products)
