"""The administration of companies: the lists to choose from, and the repair of single companies."""

from django.contrib import admin

from crm.activity.admin import RepairAdmin
from crm.activity.verb_admin import VerbAdmin
from customers.companies import options, services, weights
from customers.companies.cleaning import FIELDS, clean
from customers.companies.models import Company, Option, Weight


@admin.register(Option)
class OptionAdmin(RepairAdmin):
    """Industries, sources and sizes: what is no longer offered stays on the records that have it."""

    list_display = ["name", "name_en", "list", "code", "position", "is_active"]
    list_filter = ["list", "is_active"]
    list_editable = ["position", "is_active"]
    search_fields = ["name", "name_en", "code"]
    ordering = ["list", "position"]

    def get_readonly_fields(self, request, obj=None):
        """The code stands on the records and is never changed."""
        return ["list", "code"] if obj else []

    def has_delete_permission(self, request, obj=None):
        """Records carry the code: an option is withdrawn, not removed."""
        return False

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        options.forget()


@admin.register(Weight)
class WeightAdmin(RepairAdmin):
    """The points that make up completeness; a step with rows of its own goes by them alone."""

    list_display = ["noun", "step", "field", "points"]
    list_filter = ["noun", "step"]
    list_editable = ["points"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        weights.changed()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        weights.changed()


@admin.register(Company)
class CompanyAdmin(VerbAdmin):
    """Repair of single companies; daily work is done on their pages."""

    list_display = ["name", "owner", "team", "step", "updated_at", "deleted_at"]
    list_select_related = ["owner", "team"]
    search_fields = ["=id", "=name", "=credit_code", "=external_id"]
    fields = FIELDS
    autocomplete_fields = ["parent"]

    def refuse(self, values, record):
        clean(values, company=record)

    def update(self, record, values, *, by):
        services.update(record, values, by=by)
