"""The administration of the search for duplicates."""

from django.contrib import admin

from crm.activity.admin import RepairAdmin
from customers.duplicates.models import SearchSetting


@admin.register(SearchSetting)
class SearchSettingAdmin(RepairAdmin):
    """What the search may do by itself."""

    list_display = ["noun", "merges_identical"]
