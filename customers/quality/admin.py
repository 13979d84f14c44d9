"""The administration of data quality: the goals, and a look at what was proposed."""

from django.contrib import admin

from crm.activity.admin import ReadOnly, RepairAdmin
from customers.quality.models import Proposal, QualityGoal


@admin.register(QualityGoal)
class QualityGoalAdmin(RepairAdmin):
    """The line that each dimension should reach."""

    list_display = ["__str__", "percent"]
    list_editable = ["percent"]

    def get_readonly_fields(self, request, obj=None):
        return ["dimension"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Proposal)
class ProposalAdmin(ReadOnly):
    """What cleaning wrote and proposed; decided on its own page."""

    list_display = ["id", "noun", "object_id", "field", "rule", "certainty", "state", "decided_by", "decided_at"]
    list_filter = ["state"]
    list_select_related = ["decided_by"]
    search_fields = ["=object_id", "=rule"]
