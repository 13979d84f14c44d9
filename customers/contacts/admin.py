"""The administration of contacts: what a contact must have, and the repair of single contacts."""

from django.contrib import admin

from crm.activity.admin import RepairAdmin
from crm.activity.verb_admin import VerbAdmin
from customers.contacts import rules, services
from customers.contacts.cleaning import FIELDS, clean
from customers.contacts.models import Contact, Rule


@admin.register(Rule)
class RuleAdmin(RepairAdmin):
    """The rules for contacts, each of which may be switched off."""

    list_display = ["__str__", "is_on"]
    list_editable = ["is_on"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        rules.forget()


@admin.register(Contact)
class ContactAdmin(VerbAdmin):
    """Repair of single contacts; daily work is done on their pages."""

    list_display = ["name", "company", "owner", "updated_at", "deleted_at"]
    list_select_related = ["company", "owner"]
    search_fields = ["=id", "=name", "=external_id"]
    fields = FIELDS
    autocomplete_fields = ["company"]

    def refuse(self, values, record):
        clean(values, contact=record)

    def update(self, record, values, *, by):
        services.update(record, values, by=by)
