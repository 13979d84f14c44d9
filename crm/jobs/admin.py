"""Background jobs in the back office: what runs, what failed and why."""

from django.contrib import admin

from crm.activity.admin import ReadOnly
from crm.jobs.models import Job


@admin.register(Job)
class JobAdmin(ReadOnly):
    list_display = ["id", "kind", "actor", "state", "attempts", "created_at", "error"]
    list_select_related = ["actor"]
    list_filter = ["state", "kind"]
    ordering = ["-id"]
