"""The back office's way into the spine: what an administrator repairs by hand is an event like everything else."""

from copy import copy

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from crm.activity.models import Activity, Delivery
from crm.activity.spine import event, record_many
from crm.core import clock, context, rights
from crm.core.masking import mask_text

ADDED, REPAIRED, REMOVED = "admin.added", "admin.repaired", "admin.removed"
SECRET = {"password", "digest", "secret"}
LONGEST = 300


class RepairAdmin(ModelAdmin):
    """An admin whose every write is recorded: adding, changing (with old and new values), removing, one or many.

    Rooms whose verbs can do the change override `save_model` and call these; what they hand to `super()` is a repair.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        # One event for the whole form: the record, its many-to-many fields and its inlines.
        with context.coming_by("admin"), event(REPAIRED if object_id else ADDED, by=request.user) as found:
            request.repair = found
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        if not hasattr(request, "repair"):  # a row edited in the list
            with context.coming_by("admin"), event(REPAIRED, by=request.user) as request.repair:
                self.save_model(request, obj, form, change)
            del request.repair
            return
        _bump(obj, change)
        super().save_model(request, obj, form, change)
        _note(request.repair, obj, form.changed_data, form.initial, form.cleaned_data)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            if formset.has_changed():
                _note(request.repair, form.instance, [formset.model._meta.model_name], {}, {})

    def delete_model(self, request, obj):
        with context.coming_by("admin"), event(REMOVED, by=request.user, subject=copy(obj)) as found:
            found.data["name"] = str(obj)[:LONGEST]
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with context.coming_by("admin"), event(REMOVED, by=request.user):
            gone = list(queryset)
            names = {obj.pk: str(obj)[:LONGEST] for obj in gone}
            record_many(REMOVED, [copy(obj) for obj in gone], by=request.user, data=lambda obj: {"name": names[obj.pk]})
            super().delete_queryset(request, queryset)


def _bump(obj, change):
    """A form that a colleague has open must notice the repair."""
    if change and hasattr(obj, "version"):
        obj.version += 1
        obj.updated_at = clock.now()


def _note(found, obj, names, before, after):
    found.subject = obj
    found.data["fields"] = sorted({*found.data.get("fields", []), *names})
    covered = _covered(obj)
    found.data["was"] = found.data.get("was", {}) | _words(names, before, covered)
    found.data["now"] = found.data.get("now", {}) | _words(names, after, covered)


def _covered(obj):
    """The fields that some may not read whole: the audit is open to them too, and the row history keeps the values."""
    noun = rights.nouns.get(getattr(obj, "noun", ""))
    return {field.rpartition(".")[2] for field in noun.masked_fields} if noun else set()


def _words(names, values, covered):
    kept = {name: _text(values[name])[:LONGEST] for name in names if values.get(name) is not None and name not in SECRET}
    return {name: mask_text(text) if name in covered and text else text for name, text in kept.items()}


def _text(value):
    return ", ".join(map(str, value)) if isinstance(value, QuerySet | list) else str(value)


class NearEnough(Paginator):
    """Counts no further than a thousand: nobody pages through millions of events."""

    @cached_property
    def count(self):
        return min(1000, self.object_list.order_by()[:1000].count())


class ReadOnly(ModelAdmin):
    """May be looked at and never be touched."""

    show_full_result_count = False
    paginator = NearEnough

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Activity)
class ActivityAdmin(ReadOnly):
    list_display = ["at", "actor", "verb", "kind", "object_id", "via"]
    list_select_related = ["actor", "kind"]
    list_filter = ["via"]
    search_fields = ["=verb", "=object_id", "=actor__username"]
    ordering = ["-id"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    """Events that a reader could not take; they are tried again by themselves, or now."""

    list_display = ["activity", "reader", "attempts", "next_try", "error"]
    list_select_related = ["activity"]
    list_filter = ["reader"]
    ordering = ["next_try"]
    actions = ["try_again"]

    @admin.action(description=_("Try again now"))
    def try_again(self, request, queryset):
        due = queryset.update(next_try=clock.now())
        self.message_user(request, ngettext("%d event is tried again.", "%d events are tried again.", due) % due)
