"""One field of many records gets one value: which field, and then its new value in the control its form has."""

from copy import deepcopy

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.web.bulk import BulkPage

EMPTY = (None, "")


class FieldPage(BulkPage):
    """Subclass with `model`, `list_url`, the form of its records, the names of `fields` in it and `update(rows, values, by)`.

    The first post names the `field`, or asks about the first one; with `asked` the value is given.
    """

    record_form = None
    fields: tuple[str, ...] = ()
    title = gettext_lazy("Change a field in bulk")
    template = "web/bulk_field.html"

    def make_form(self, request):
        data = request.POST if request.POST.get("asked") else None
        return ValueForm(data, actor=request.user, page=self, name=request.POST.get("field", ""))

    def act(self, request, rows, form):
        touched = self.update(rows, form.values(), request.user)
        if not touched:
            return _("All of them had this value already.")
        words = ngettext("%(field)s: %(n)d record changed", "%(field)s: %(n)d records changed", len(touched)) % {"field": form.label, "n": len(touched)}
        same = len(rows) - len(touched)
        return words + (" · " + ngettext("%(n)d had the value already", "%(n)d had the value already", same) % {"n": same} if same else "")

    def update(self, rows, values, by):
        """Call the verb; the records that it changed."""
        raise NotImplementedError


class WhichForm(forms.Form):
    """Which field."""

    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)


class ValueForm(forms.Form):
    """The new value of the field that was chosen, or that it is to be empty: nobody empties a hundred records by not typing."""

    empty = forms.BooleanField(label=gettext_lazy("Empty it"), required=False)

    def __init__(self, *args, actor, page, name):
        super().__init__(*args)
        self.actor, self.is_known = actor, name in page.fields
        self.name = name if self.is_known else page.fields[0]
        self.column = page.model._meta.get_field(self.name)
        given = deepcopy(page.record_form.base_fields[self.name])
        self.label, yes_or_no = given.label, isinstance(given, forms.BooleanField)
        self.fields = {self.name: _yes_or_no(given) if yes_or_no else given} | ({} if yes_or_no else self.fields)
        self.which = WhichForm(initial={"field": self.name})
        self.which.fields["field"].choices = [(one, page.record_form.base_fields[one].label) for one in page.fields]

    def clean(self):
        found = super().clean()
        if not self.is_known:
            raise forms.ValidationError(_("Choose one of the fields."))
        if self.name in self.errors:
            return found
        if found.get("empty") and found[self.name] not in EMPTY:
            self.add_error("empty", _("Either a new value or none."))
        elif not found.get("empty") and found[self.name] in EMPTY:
            self.add_error(self.name, _("Give the new value, or tick “Empty it”.") if "empty" in self.fields else _("Give the new value."))
        return found

    def values(self):
        """The field and its value, as the verb takes them."""
        value = self.cleaned_data[self.name]
        return {self.name: (None if self.column.null else "") if value in EMPTY else value}


def _yes_or_no(given):
    """A box that is not ticked says nothing about many records: yes or no is said in words."""
    choices = [("", "—"), ("1", gettext_lazy("Yes")), ("0", gettext_lazy("No"))]
    return forms.TypedChoiceField(label=given.label, choices=choices, coerce=lambda value: value == "1", empty_value=None, required=False)
