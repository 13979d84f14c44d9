"""The form of a rule in the administration, and what makes a form of new records look for duplicates while it is filled in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.matching.comparisons import COMPARISONS
from customers.matching.models import MatchRule, Path

GROUPS = 4


def watch(form, url, names):
    """Let these fields of a form ask `url` what the house knows already, with all that is typed so far."""
    attrs = {
        "hx-get": url,
        "hx-trigger": "input changed delay:400ms",
        "hx-include": "closest form",
        "hx-params": ",".join(names),
        "hx-target": "#km-alike",
        "hx-sync": "closest form:replace",
    }
    for name in set(names) & set(form.fields):
        if isinstance(form.fields[name].widget, forms.TextInput):
            form.fields[name].widget.attrs |= attrs
    form.looks_for_duplicates = True


class MatchRuleForm(forms.ModelForm):
    """A rule: boxes to tick instead of codes; each group asks for all that is ticked in it."""

    paths = forms.MultipleChoiceField(label=_("Ways in"), choices=Path.choices, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = MatchRule
        fields = ["noun", "paths", "action", "is_active", "position"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups = self.instance.conditions or []
        choices = [(code, one.label) for code, one in COMPARISONS.items()]
        for number in range(max(GROUPS, len(groups) + 1)):
            label = _("All of these hold") if number == 0 else _("or all of these")
            initial = groups[number] if number < len(groups) else []
            self.fields[f"group_{number}"] = forms.MultipleChoiceField(
                label=label, choices=choices, initial=initial, required=False, widget=forms.CheckboxSelectMultiple
            )

    def clean(self):
        given = super().clean()
        chosen = [given.get(name) for name in self.fields if name.startswith("group_")]
        self.instance.conditions = [group for number, group in enumerate(chosen) if group and group not in chosen[:number]]
        return given

    def _update_errors(self, errors):
        """What the rule says about its conditions is shown at the first group."""
        found = errors.error_dict if hasattr(errors, "error_dict") else {}
        if "conditions" in found:
            found["group_0"] = found.pop("conditions")
        super()._update_errors(errors)
