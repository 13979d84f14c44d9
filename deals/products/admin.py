"""Products in the administration: the families of products are kept here, a product only for repair."""

from django.contrib import admin

from crm.activity.admin import RepairAdmin
from deals.products.models import Product, ProductCategory


@admin.register(ProductCategory)
class ProductCategoryAdmin(RepairAdmin):
    list_display = ["name"]
    search_fields = ["name"]


@admin.register(Product)
class ProductAdmin(RepairAdmin):
    list_display = ["name", "code", "category", "list_price", "floor_price", "is_active"]
    list_select_related = ["category"]
    search_fields = ["name", "=code"]
