"""The rights of a role as a table of choices, built from what the rooms registered."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.core.rights import NONE, REACHES, nouns

FIELD_RULES = {"edit": _("read and change"), "read": _("read"), "mask": _("masked"), "hide": _("hidden")}


class MatrixWidget(forms.Widget):
    """One row for each noun, one select for each action."""

    template_name = "accounts/admin/matrix.html"

    def get_context(self, name, value, attrs):
        held = value if isinstance(value, dict) else {}
        rows = [
            {
                "label": noun.label,
                "cells": [
                    {"name": f"{name}:{noun.name}.{action}", "label": label, "value": held.get(f"{noun.name}.{action}", NONE)}
                    for action, label in noun.actions.items()
                ],
            }
            for noun in nouns
        ]
        return super().get_context(name, value, attrs) | {"rows": rows, "choices": list(REACHES.items())}

    def value_from_datadict(self, data, files, name):
        rights = (f"{noun.name}.{action}" for noun in nouns for action in noun.actions)
        return {right: data.get(f"{name}:{right}", NONE) for right in rights}

    def value_omitted_from_data(self, data, files, name):
        return False


class FieldsWidget(forms.Widget):
    """One select for each sensitive field."""

    template_name = "accounts/admin/matrix.html"

    def get_context(self, name, value, attrs):
        held = value if isinstance(value, dict) else {}
        rows = [{"label": label, "cells": [{"name": f"{name}:{field}", "label": "", "value": held.get(field, "")}]} for field, label in _fields()]
        return super().get_context(name, value, attrs) | {"rows": rows, "choices": [("", "—"), *FIELD_RULES.items()]}

    def value_from_datadict(self, data, files, name):
        return {field: given for field, _label in _fields() if (given := data.get(f"{name}:{field}"))}

    def value_omitted_from_data(self, data, files, name):
        return False


class MatrixField(forms.Field):
    """Takes only what the table offers."""

    def __init__(self, *, allowed, **options):
        self.allowed = allowed
        super().__init__(required=False, **options)

    def validate(self, value):
        if set(value.values()) - set(self.allowed):
            raise forms.ValidationError(_("Choose one of the values offered."))

    def has_changed(self, initial, data):
        return {k: v for k, v in (initial or {}).items() if v != NONE} != {k: v for k, v in data.items() if v != NONE}


def rights_field():
    """The table of rights."""
    return MatrixField(allowed=REACHES, widget=MatrixWidget, label=_("Rights"))


def fields_field():
    """The table of sensitive fields."""
    return MatrixField(allowed=FIELD_RULES, widget=FieldsWidget, label=_("Sensitive fields"))


def _fields():
    yield "*", _("All sensitive fields")
    for noun in nouns:
        if noun.masked_fields:
            yield f"{noun.name}.*", _("%(noun)s: all") % {"noun": noun.label}
        for field, label in noun.masked_fields.items():
            yield field, _("%(noun)s: %(field)s") % {"noun": noun.label, "field": label}
