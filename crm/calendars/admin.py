"""Calendars in the back office: hours and exceptions on one page, public days loaded by the year."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin, TabularInline

from crm.calendars import services
from crm.calendars.models import Calendar, DayOverride, WorkPeriod
from crm.core import clock


class WorkPeriodInline(TabularInline):
    model = WorkPeriod
    extra = 0
    tab = True


class DayOverrideInline(TabularInline):
    model = DayOverride
    extra = 0
    tab = True
    ordering = ["-date"]


@admin.register(Calendar)
class CalendarAdmin(ModelAdmin):
    list_display = ["name", "timezone", "country", "is_default", "changed_at"]
    inlines = [WorkPeriodInline, DayOverrideInline]
    actions = ["make_company_calendar", "load_this_year", "load_next_year"]

    def get_readonly_fields(self, request, obj=None):
        """When a calendar was changed is known of one that there is."""
        return ["is_default", "changed_at"] if obj else ["is_default"]

    @admin.action(description=_("Make it the company calendar"), permissions=["change"])
    def make_company_calendar(self, request, queryset):
        calendar = queryset.get() if queryset.count() == 1 else None
        if calendar is None:
            self.message_user(request, _("Choose one calendar."), messages.ERROR)
            return
        services.make_company_calendar(calendar)

    @admin.action(description=_("Load this year's public holidays"), permissions=["change"])
    def load_this_year(self, request, queryset):
        self._load(request, queryset, clock.today().year)

    @admin.action(description=_("Load next year's public holidays"), permissions=["change"])
    def load_next_year(self, request, queryset):
        self._load(request, queryset, clock.today().year + 1)

    def _load(self, request, calendars, year):
        added = sum(services.load_year(calendar, year) for calendar in calendars)
        self.message_user(request, ngettext("%d day added.", "%d days added.", added) % added, messages.SUCCESS)
