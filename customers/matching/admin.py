"""The administration of duplicate rules."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from crm.activity.admin import RepairAdmin
from customers.matching import ruleset
from customers.matching.forms import MatchRuleForm
from customers.matching.models import MatchRule


@admin.register(MatchRule)
class MatchRuleAdmin(RepairAdmin):
    """When somebody new is taken for somebody who is there already; in force from the next check on."""

    form = MatchRuleForm
    list_display = ["in_words", "noun", "action", "is_active", "position"]
    list_filter = ["noun", "action", "is_active"]
    readonly_fields = ["in_words"]
    ordering = ["noun", "position"]

    @admin.display(description=_("rule"))
    def in_words(self, obj):
        """The rule as a sentence."""
        return ruleset.words(obj) if obj and obj.pk else "—"

    def get_fields(self, request, obj=None):
        groups = [name for name in MatchRuleForm(instance=obj).fields if name.startswith("group_")]
        return ["in_words", "noun", "paths", *groups, "action", "is_active", "position"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        # The groups are fields of the form, not of the row.
        kwargs["fields"] = MatchRuleForm.Meta.fields
        return super().get_form(request, obj, change=change, **kwargs)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        ruleset.forget()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        ruleset.forget()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        ruleset.forget()
