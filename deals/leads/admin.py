"""Leads in the administration, for repair."""

from django.contrib import admin

from crm.activity.admin import RepairAdmin
from deals.leads import policies
from deals.leads.models import Lead


@admin.register(Lead)
class LeadAdmin(RepairAdmin):
    list_display = ["name", "person", "state", "grade", "score", "pool", "owner"]
    list_select_related = ["pool", "owner"]
    search_fields = ["=name", "=mobile", "=external_id"]
    raw_id_fields = ["owner"]
    ordering = ["-id"]

    def get_exclude(self, request, obj=None):
        """What waits in a masked pool is covered here as well; who must repair a number claims the lead first."""
        return [field for field in policies.WAYS if obj is not None and not policies.reads(obj, request.user, field)]
