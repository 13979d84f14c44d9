"""Who bought what, how often a month, and what they like best."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Count, DecimalField, Sum

from customers.companies.models import Company
from deals.orders.models import OrderLine
from reports.sales.results import orders_in
from reports.slices.amounts import total
from reports.slices.periods import Period
from reports.slices.slices import Slice

QUANTITY = DecimalField(max_digits=18, decimal_places=3)


@dataclass(frozen=True)
class Bought:
    """A product that a customer bought: how much of it and for how much."""

    customer: Company
    product: str
    quantity: Decimal
    amount: Decimal
    url: str


@dataclass(frozen=True)
class Habit:
    """How often a customer buys in a month, and the category most of it is in."""

    customer: Company
    orders: int
    months: int
    category: str
    url: str

    @property
    def monthly(self) -> Decimal:
        """Purchases per month, to one place; a whole number where it is one."""
        return _plain((Decimal(self.orders) / self.months).quantize(Decimal("0.1")))


def bought(part: Slice, period: Period) -> list[Bought]:
    """A line for each customer and product, the largest amount first."""
    lines = OrderLine.objects.filter(order__in=orders_in(part, period).values("pk")).order_by()
    rows = lines.values("order__company", "product", "product__name").annotate(
        quantity=Sum("quantity", output_field=QUANTITY), sum=total(currency="order__currency")
    )
    rows = list(rows)
    customers = _customers(row["order__company"] for row in rows)
    found = [
        Bought(
            customers[row["order__company"]],
            row["product__name"],
            _plain(row["quantity"]),
            row["sum"],
            _orders_url(part, period, row["order__company"], product=row["product"]),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (-one.amount, one.customer.pk, one.product))


def habits(part: Slice, period: Period) -> list[Habit]:
    """A line for each customer, whoever buys most often first; the category is the one ordered from most often, then for most."""
    rows = orders_in(part, period)
    counts = dict(rows.order_by().values_list("company").annotate(Count("pk")))
    liked = _categories(rows)
    customers, months = _customers(counts), max(1, len(period.months()))
    found = [Habit(customers[pk], count, months, liked.get(pk, ""), _orders_url(part, period, pk)) for pk, count in counts.items()]
    return sorted(found, key=lambda one: (-one.orders, one.customer.pk))


def _categories(orders):
    lines = OrderLine.objects.filter(order__in=orders.values("pk"), product__category__isnull=False).order_by()
    rows = lines.values_list("order__company", "product__category__name").annotate(times=Count("order", distinct=True), sum=total(currency="order__currency"))
    found: dict = defaultdict(list)
    for company, category, times, amount in rows:
        found[company].append((times, amount, category))
    return {company: max(choices)[2] for company, choices in found.items()}


def _customers(ids):
    return Company._base_manager.only("pk", "name", "external_id").in_bulk(set(ids))


def _orders_url(part, period, company, **more):
    asked = {"company": company, "placed_after": period.first.isoformat(), "placed_before": period.last.isoformat(), "state": "placed"}
    return "/deals/orders/?" + urlencode(asked | more | part.parameters())


def _plain(quantity):
    """Without the zeros behind the point, and never as 1E+2."""
    return quantity.quantize(Decimal(1)) if quantity == quantity.to_integral_value() else quantity.normalize()
