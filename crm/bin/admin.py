"""The administration of the bin."""

from django.contrib import admin

from crm.activity.admin import RepairAdmin
from crm.bin.models import BinSetting


@admin.register(BinSetting)
class BinSettingAdmin(RepairAdmin):
    """How long the bin keeps things: one row for the house."""

    list_display = ["__str__", "days"]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not BinSetting.objects.exists()
