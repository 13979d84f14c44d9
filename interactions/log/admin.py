"""Interactions in the administration, for repair."""

from django.contrib import admin

from crm.activity.admin import RepairAdmin
from interactions.log.models import Interaction


@admin.register(Interaction)
class InteractionAdmin(RepairAdmin):
    list_display = ["subject", "company", "contact", "channel", "outcome", "at", "owner"]
    list_select_related = ["company", "contact", "owner"]
    search_fields = ["=subject", "=external_id"]
    raw_id_fields = ["company", "contact", "owner"]
    ordering = ["-id"]
