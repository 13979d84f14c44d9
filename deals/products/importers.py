"""Products from spreadsheets, and how other sheets name a product."""

from django.utils.translation import gettext_lazy as _

from crm.importexport import cells
from crm.importexport.importers import Field, Importer, Twin, external_id, importers
from crm.importexport.lookups import by_columns, own_identity, to_change, twins_by_external_id
from deals.products import services
from deals.products.cleaning import clean
from deals.products.models import Product

PRODUCT = by_columns(Product, "code", "external_id", "name")
SAME_ID = twins_by_external_id(Product, _("A product with this external ID exists already."))
FIELDS = (
    Field("name", _("Product name"), "产品名称, 产品, 品名, 名称, product, product name, item", required=True, key=True),
    Field("code", _("Code"), "产品编码, 产品编号, 编码, 货号, 型号, sku, product code, item number", required=True, key=True),
    Field("category", _("Category"), "产品分类, 分类, 类别, 系列, series, family, product family", out=lambda row: str(row.category or "")),
    Field("unit", _("Unit"), "单位, 计量单位, uom"),
    Field("list_price", _("List price"), "标准价, 目录价, 单价, 价格, 销售价, price, sales price, unit price", parse=cells.money),
    Field("floor_price", _("Floor price"), "底价, 最低价, 最低售价, minimum price", parse=cells.money),
    Field("tax_rate", _("Tax rate, %"), "税率, 增值税率, tax, vat", parse=cells.percent),
    external_id(),
)


def check(values, by, record=None):
    """The values in their stored form."""
    return clean(values, product=record)


def identities(values):
    """A code names one product, in capital or small letters."""
    return [("code", values["code"].casefold()), *own_identity(values)]


def twins(wanted, by):
    """Products that are there already."""
    codes = {text for name, text in wanted if name == "code"}
    rows = Product.objects.live().extra(where=["lower(code) = ANY(%s)"], params=[list(codes)]) if codes else ()
    known = {("code", row.code.casefold()): Twin(row, "code", _("A product with this code exists already.")) for row in rows}
    return SAME_ID(wanted, by) | known


importers.add(
    "products",
    Importer(
        "products", _("Products"), Product, FIELDS, clean=check, create_many=services.create_many, update=services.update,
        delete=services.withdraw, identities=identities, twins=twins, find=to_change(Product), related=("category",),
        url_name="deals:products:list",
    ),
)  # fmt: skip
