"""Money in the administration: it may be looked at; what is wrong is put right by a refund or a recovery."""

from django.contrib import admin

from crm.activity.admin import ReadOnly
from deals.payments.models import Allocation, Instalment, Payment


@admin.register(Payment)
class PaymentAdmin(ReadOnly):
    list_display = ["number", "company", "order", "kind", "amount", "received_on"]
    list_select_related = ["company", "order"]
    list_filter = ["kind", "method"]
    search_fields = ["=number", "=reference"]
    ordering = ["-id"]


@admin.register(Instalment)
class InstalmentAdmin(ReadOnly):
    list_display = ["order", "position", "due_on", "amount", "company"]
    list_select_related = ["order", "company"]
    search_fields = ["=order__number"]
    ordering = ["-id"]


@admin.register(Allocation)
class AllocationAdmin(ReadOnly):
    list_display = ["payment", "instalment", "amount", "at"]
    list_select_related = ["payment", "instalment"]
    search_fields = ["=payment__number"]
    ordering = ["-id"]
