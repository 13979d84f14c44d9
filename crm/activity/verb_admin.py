"""Records in the back office that are changed by their verbs, so that a repair meets the rules of every other path."""

from django import forms

from crm.activity.admin import RepairAdmin
from crm.core.errors import Invalid


class VerbAdmin(RepairAdmin):
    """Subclass with `fields`, `refuse(values, record)` and `update(record, values, by)`: only what was changed goes in.

    Nothing is added or removed here: that is done on the pages, where the bin and the duplicates are.
    """

    show_full_result_count = False

    def refuse(self, values, record):
        """Refuse values that the noun does not allow."""
        raise NotImplementedError

    def update(self, record, values, *, by):
        """Call the verb."""
        raise NotImplementedError

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (_Checked, form), {"refuse": self.refuse, "stored": obj})

    def save_model(self, request, obj, form, change):
        stored = type(obj)._base_manager.get(pk=obj.pk)
        self.update(stored, {name: form.cleaned_data[name] for name in form.changed_data}, by=request.user)


class _Checked(forms.BaseForm):
    """A form that asks the noun whether it takes what was changed."""

    def clean(self):
        given = super().clean() or self.cleaned_data
        values = {name: given[name] for name in self.changed_data if name in given}
        stored = type(self.stored)._base_manager.get(pk=self.stored.pk)
        try:
            self.refuse(values, stored)
        except Invalid as refusal:
            for name, messages in refusal.errors.items():
                for message in messages:
                    self.add_error(name if name in self.fields else None, str(message))
        return given
