"""What products add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.core import rights
from crm.rest.router import router
from crm.web import formats, nav
from crm.web.pickers import LIMIT, Picker, pickers
from crm.web.search import Finder, Hit, finders
from deals.products import telling  # noqa: F401 - registers the words of its events
from deals.products.api import ProductViewSet
from deals.products.filters import matching
from deals.products.models import Product

rights.register(
    "products",
    _("Products"),
    without=("assign", "delete"),
    masked_fields={"products.floor_price": _("floor price")},
)
nav.pages.add("products", nav.Page(_("Products"), "deals:products:list", "package", "deals", "products.view", 80))
nav.creations.add("products", nav.Creation(_("Product"), "deals:products:new", "package", "products.create", 70))
router.register("products", ProductViewSet)


def _on_sale(actor, typed):
    rows = Product.objects.visible_to(actor).on_sale()
    return list((rows.filter(matching(typed)) if typed else rows).order_by("sort_key", "pk")[:LIMIT])


def _one(actor, pk):
    return Product.objects.visible_to(actor).filter(pk=pk).first()


def _hint(product):
    return f"{product.code} · {formats.money(product.list_price)}"


def _find(actor, typed, limit):
    rows = Product.objects.visible_to(actor).filter(matching(typed)).order_by("-is_active", "sort_key", "pk")[:limit]
    return [Hit(row.name, f"/deals/products/{row.pk}/", row.code) for row in rows]


pickers.add("products", Picker(_on_sale, _one, _hint))
finders.add("products", Finder(_("Products"), "package", "products.view", _find, 80))
