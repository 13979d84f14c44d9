"""Orders from spreadsheets, one product each; and how an imported opportunity was won: by an order of its closing day."""

from django.utils.translation import gettext_lazy as _

from crm.core.cleaning import Problems
from crm.importexport import cells
from crm.importexport.importers import Field, Importer, external_id, importers
from crm.importexport.lookups import PERSON, by_columns, own_identity, twins_by_external_id
from crm.importexport.owners import owner_for
from customers.companies.importers import COMPANY
from deals.opportunities.importers import OPPORTUNITY, Closer, closers
from deals.orders import services
from deals.orders.models import Order
from deals.orders.past import place_many, refusal_of
from deals.products.importers import PRODUCT

ORDER = by_columns(Order, "external_id", "number", related=("company",))
FIELDS = (
    Field("company", _("Company"), "客户, 客户名称, 公司, 公司名称, account, customer", related=COMPANY),
    Field("opportunity", _("Opportunity"), "商机, 商机名称, deal", related=OPPORTUNITY),
    Field("product", _("Product"), "产品, 产品名称, 商品, item", required=True, related=PRODUCT),
    Field("quantity", _("Quantity"), "数量, qty", parse=cells.number),
    Field("amount", _("Amount"), "金额, 订单金额, 总价, 合计, total, order amount", required=True, parse=cells.money, out=lambda row: row.amount),
    Field("currency", _("Currency"), "币种"),
    Field("placed_at", _("Placed"), "下单日期, 订单日期, 下单时间, 日期, order date, date, placed on", required=True, parse=cells.moment),
    Field("owner", _("Owner"), "负责人, 销售, 业务员, sales rep", related=PERSON),
    Field("notes", _("Notes"), "备注, 说明, remarks"),
    external_id(),
)  # fmt: skip


def check(values, by, record=None):
    """The row as `place_many` takes it."""
    values["owner"] = owner_for("orders", values.get("owner"), by)
    if values.get("company") is None and values.get("opportunity"):
        values["company"] = values["opportunity"].company
    problems = Problems()
    problems.required(values, "company", "product", "amount", "placed_at")
    problems.check()
    refusal = refusal_of(values, by)
    if refusal:
        raise refusal
    return values


def _order_of(row, opportunity=None):
    """The order by which an opportunity was won: its product at its amount, on the day it was closed."""
    values = {name: row["values"].get(name) for name in ("company", "product", "amount", "currency")}
    return values | {"opportunity": opportunity, "owner": row["owner"], "placed_at": row["closed_on"]}


def _refusal(row, by):
    problems = Problems()
    problems.required(row["values"], "company", "product", "amount")
    problems.check()
    return refusal_of(_order_of(row), by)


def _win(pairs, by):
    place_many([_order_of(row, opportunity) for opportunity, row in pairs], by=by)


closers.add("won", Closer(_refusal, _win))
importers.add(
    "orders",
    Importer(
        "orders", _("Orders"), Order, FIELDS, clean=check, create_many=place_many, delete=services.delete,
        identities=own_identity, twins=twins_by_external_id(Order, _("An order with this external ID exists already.")),
        related=("owner", "company", "opportunity"), url_name="deals:orders:list",
    ),
)  # fmt: skip
