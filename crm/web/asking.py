"""Small forms that ask for the one thing a verb needs, and the buttons they hang on."""

from dataclasses import dataclass

from django import forms

from crm.web.forms import RecordForm


class DayInput(forms.DateInput):
    """A calendar day, chosen in the browser's own calendar."""

    def __init__(self, attrs=None):
        super().__init__({"type": "date"} | (attrs or {}), format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A day and a time, chosen in the browser's own calendar."""

    def __init__(self, attrs=None):
        super().__init__({"type": "datetime-local"} | (attrs or {}), format="%Y-%m-%dT%H:%M")


class AskForm(forms.Form):
    """A form about a record that ends in one verb, such as a reason or a day."""

    sections = folded = ()

    def __init__(self, *args, actor=None, record=None, **kwargs):
        self.actor, self.record = actor, record
        super().__init__(*args, **kwargs)

    take = RecordForm.take
    field_of = RecordForm.field_of
    grouped = RecordForm.grouped


@dataclass(frozen=True)
class Deed:
    """Something that can be done with a record: a link, a button that posts, or a button that opens a small form.

    With `why_not` it is shown but cannot be pressed, and says why.
    """

    label: str
    url: str
    icon: str
    kind: str = "plain"
    form: forms.Form | None = None
    is_link: bool = False
    key: str = ""
    why_not: str = ""
