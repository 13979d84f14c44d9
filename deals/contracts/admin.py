"""Contracts in the administration, for repair."""

from django.contrib import admin

from crm.activity.admin import RepairAdmin
from deals.contracts.models import Contract


@admin.register(Contract)
class ContractAdmin(RepairAdmin):
    list_display = ["number", "name", "company", "amount", "state", "signed_on", "owner"]
    list_select_related = ["company", "owner"]
    search_fields = ["=number", "=external_id"]
    raw_id_fields = ["company", "opportunity", "owner"]
    ordering = ["-id"]
