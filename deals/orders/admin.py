"""Orders in the administration, for repair."""

from django.contrib import admin
from unfold.admin import TabularInline

from crm.activity.admin import RepairAdmin
from deals.orders.models import Order, OrderLine


class LinesInline(TabularInline):
    model = OrderLine
    raw_id_fields = ["product"]
    extra = 0


@admin.register(Order)
class OrderAdmin(RepairAdmin):
    list_display = ["number", "company", "amount", "state", "placed_at", "owner"]
    list_select_related = ["company", "owner"]
    search_fields = ["=number", "=external_id"]
    raw_id_fields = ["company", "contract", "opportunity", "owner"]
    ordering = ["-id"]
    inlines = [LinesInline]
