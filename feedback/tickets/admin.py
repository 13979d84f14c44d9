"""Feedback in the administration, for repair."""

from django.contrib import admin

from crm.activity.admin import RepairAdmin
from feedback.tickets.models import Ticket


@admin.register(Ticket)
class TicketAdmin(RepairAdmin):
    list_display = ["number", "name", "company", "category", "priority", "state", "due_at", "owner"]
    list_select_related = ["company", "owner"]
    search_fields = ["=number", "=external_id"]
    raw_id_fields = ["company", "contact", "product", "owner"]
    ordering = ["-id"]
