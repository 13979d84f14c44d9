"""Follow-ups in the administration, for repair."""

from django.contrib import admin

from crm.activity.admin import RepairAdmin
from interactions.followups.models import FollowUp


@admin.register(FollowUp)
class FollowUpAdmin(RepairAdmin):
    list_display = ["title", "company", "contact", "channel", "due_at", "state", "owner"]
    list_select_related = ["company", "contact", "owner"]
    search_fields = ["=title", "=external_id"]
    raw_id_fields = ["company", "contact", "owner"]
    ordering = ["-id"]
