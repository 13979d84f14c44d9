"""Forms: they collect what people type; what it must look like is decided by the verb behind them."""

import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid
from crm.web.pickers import pickers


class RecordForm(forms.Form):
    """A form of one record: it carries the version it was opened with and a key that makes it count once."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    # Headed sections: (heading, names of fields); the last one may be folded away.
    sections: tuple = ()
    folded: tuple = ()

    def __init__(self, *args, actor=None, record=None, **kwargs):
        self.actor, self.record = actor, record
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {"once": secrets.token_urlsafe(16)} | self.from_record(record) | kwargs["initial"]
        super().__init__(*args, **kwargs)
        self.drop_hidden()

    def from_record(self, record):
        """What the fields show for a record."""
        if record is None:
            return {}
        names = [name for name in self.base_fields if name not in ("once", "version") and hasattr(record, name)]
        return {name: getattr(record, name) for name in names} | {"version": record.version}

    def drop_hidden(self):
        """Leave out the fields which this person may not write."""

    def values(self):
        """What was typed, without the form's own fields."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("once", "version")}

    def take(self, refusal: Invalid):
        """Show a verb's refusal at the fields it names."""
        for name, messages in refusal.errors.items():
            field = self.field_of(name)
            for message in messages:
                self.add_error(field if field in self.fields else None, str(message))
        if not refusal.errors:
            self.add_error(None, str(refusal))

    def field_of(self, name):
        """The field of the form that stands for a field of the verb."""
        return name

    def grouped(self):
        """The sections as the template draws them: heading, rows of fields that stand side by side, whether folded."""
        if not self.sections:
            return [{"heading": "", "rows": [[bound] for bound in self.visible_fields()], "folded": False}]
        return [self._section(heading, names) for heading, names in self.sections]

    def _section(self, heading, names):
        rows = [[name] if isinstance(name, str) else name for name in names]
        rows = [[self[name] for name in row if name in self.fields] for row in rows]
        folded = heading in self.folded and not any(bound.errors for row in rows for bound in row)
        return {"heading": heading, "rows": [row for row in rows if row], "folded": folded}


class TagForm(forms.Form):
    """The tag that many records get."""

    tag = forms.CharField(label=_("Tag"), max_length=40)

    def __init__(self, *args, actor, **kwargs):
        self.actor = actor
        super().__init__(*args, **kwargs)


class HandOverForm(forms.Form):
    """Who gets the chosen records, and why."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)

    def __init__(self, *args, actor, record=None, **kwargs):
        self.actor = actor
        super().__init__(*args, **kwargs)
        self.fields = {"owner": PickField("people", label=_("New owner"), required=True)} | self.fields

    sections = folded = ()
    take = RecordForm.take
    field_of = RecordForm.field_of
    grouped = RecordForm.grouped


class TagsField(forms.CharField):
    """Several short words, separated by commas of either width or semicolons."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("Separate several with commas."))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return "，".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value):
        text = super().to_python(value) or ""
        for mark in "，、;；":
            text = text.replace(mark, ",")
        return [part.strip() for part in text.split(",") if part.strip()]


class PickField(forms.CharField):
    """One record chosen by searching on the server; holds its id, gives back the row through the scope."""

    def __init__(self, picker, *, narrow="", **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.picker = picker
        # `narrow` names another field of the form, such as the company whose people are wanted.
        self.widget = PickWidget(picker, {"data-with": narrow} if narrow else None)

    def get_bound_field(self, form, field_name):
        self.actor = form.actor
        self.widget.actor = form.actor
        return super().get_bound_field(form, field_name)

    def clean(self, value):
        text = super().clean(getattr(value, "pk", value))
        if not text:
            return None
        found = pickers[self.picker].get(self.actor, text) if str(text).isdigit() else None
        if found is None:
            raise forms.ValidationError(_("Choose one from the list."), code="unknown")
        return found

    def prepare_value(self, value):
        return getattr(value, "pk", value)


class PickWidget(forms.Select):
    """A select holding the present choice only; the script turns it into a search on the server.

    `fixed` are choices that are always on offer, before anything is typed.
    """

    def __init__(self, picker, attrs=None, fixed=()):
        super().__init__(attrs={"data-url": f"/pick/{picker}/", **(attrs or {})})
        self.picker, self.fixed = picker, fixed
        self.actor = None

    def optgroups(self, name, value, attrs=None):
        chosen = next((item for item in value if str(item).isdigit()), "")
        row = pickers[self.picker].get(self.actor, chosen) if chosen and self.actor else None
        self.choices = [("", "—"), *self.fixed, *([(str(row.pk), str(row))] if row else [])]
        return super().optgroups(name, value, attrs)

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value in dict(self.fixed):
            option["attrs"]["data-fixed"] = ""
        return option
