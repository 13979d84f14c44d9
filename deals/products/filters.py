"""How products are narrowed: list, export, saved views and API alike."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.core.search import by_name
from crm.web import filters as f
from deals.products.models import Product, ProductCategory


def matching(typed):
    """Products by their name in characters, pinyin or initials, or by how their code begins."""
    return by_name(typed) | Q(code__istartswith=typed.strip())


def categories():
    """The families of products, by id."""
    return [(str(pk), name) for pk, name in ProductCategory.objects.values_list("pk", "name")]


class ProductFilters(f.ListFilters):
    """The filters of products."""

    q = f.Search(matching, label=_("Search"))
    category = f.OneOf(field_name="category", choices=categories, label=_("Category"))
    on_sale = f.YesNo(field_name="is_active", label=_("On sale"))
    price = f.Between(field_name="list_price", label=_("List price"))

    class Meta:
        model = Product
        fields: list = []
