"""Stages, reasons for loss and opportunities in the administration."""

from django.contrib import admin

from crm.activity.admin import RepairAdmin
from deals.opportunities.models import LostReason, Opportunity, Stage


@admin.register(Stage)
class StageAdmin(RepairAdmin):
    list_display = ["position", "code", "name", "name_en", "kind", "probability", "max_days"]
    ordering = ["position"]


@admin.register(LostReason)
class LostReasonAdmin(RepairAdmin):
    list_display = ["code", "name", "name_en", "parent", "position"]
    list_select_related = ["parent"]
    ordering = ["position", "id"]


@admin.register(Opportunity)
class OpportunityAdmin(RepairAdmin):
    list_display = ["name", "company", "amount", "stage", "expected_close", "owner"]
    list_select_related = ["company", "stage", "owner"]
    search_fields = ["=name", "=external_id"]
    raw_id_fields = ["company", "contact", "product", "owner"]
    ordering = ["-id"]
