"""Filters, declared once with django-filter: lists, exports, saved views and the API narrow rows the same way."""

from datetime import date, datetime, time, timedelta

import django_filters as df
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from crm.core import clock
from crm.core.sql import contains_text
from crm.web.forms import PickWidget
from crm.web.pickers import pickers

ME, MY_TEAM = "me", "team"


class ListFilters(df.FilterSet):
    """The filters of one noun; the actor is known, so that “me” and “my team” mean something."""

    def __init__(self, data=None, queryset=None, *, request=None, actor=None, prefix=None):
        super().__init__(data, queryset, request=request, prefix=prefix)
        self.actor = actor or getattr(request, "user", None)

    def conditions(self):
        """The filters in force: (name, filter, value), in the order of the declaration."""
        if not self.is_valid():
            return []
        values = self.form.cleaned_data
        return [(name, f, values.get(name)) for name, f in self.filters.items() if _given(values.get(name))]


def _given(value):
    if isinstance(value, slice):
        return value.start is not None or value.stop is not None
    return value not in (None, "", [], ())


class OneOf(df.MultipleChoiceFilter):
    """Any of several values; the choices may be a function, so that an administrator's lists stay fresh."""

    icon = "list"

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(*args, **kwargs)

    def words(self, value):
        """Operator and value for the chip."""
        labels = {str(k): str(v) for k, v in self.field.choices}
        return _("is any of"), "、".join(labels.get(str(item), str(item)) for item in value)


class Contains(df.CharFilter):
    """A text that contains what was typed."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("lookup_expr", "icontains")
        super().__init__(*args, **kwargs)

    def words(self, value):
        return _("contains"), value


class Text(df.CharFilter):
    """A text that contains what was typed, whatever its width and case; the column has an index on Bigrams."""

    def filter(self, qs, value):
        return qs.filter(contains_text(self.field_name, value)) if value else qs

    def words(self, value):
        return _("contains"), value


class Search(df.CharFilter):
    """The search of the noun: names in characters, pinyin or initials, and fragments of phone numbers."""

    def __init__(self, search, *, for_actor=False, **kwargs):
        super().__init__(**kwargs)
        self.search = search
        # Whether the search depends on what the reader may see whole: then it is asked with the actor.
        self.for_actor = for_actor

    def filter(self, qs, value):
        if not value:
            return qs
        return qs.filter(self.search(value, self.parent.actor) if self.for_actor else self.search(value))

    def words(self, value):
        return _("contains"), value


class Picked(df.CharFilter):
    """Rows that point to one record, chosen by searching on the server; the value is its id."""

    def __init__(self, picker, *, fixed=(), **kwargs):
        kwargs.setdefault("widget", PickWidget(picker, fixed=fixed))
        super().__init__(**kwargs)
        self.picker = picker

    @property
    def field(self):
        """The form field; its widget finds the words of the present choice within the reach of the actor."""
        found = super().field
        found.widget.actor = self.parent.actor
        return found

    def filter(self, qs, value):
        if not value:
            return qs
        return qs.filter(**{f"{self.field_name}_id": int(value)}) if is_id(value) else qs.none()

    def words(self, value):
        row = pickers[self.picker].get(self.parent.actor, value) if is_id(value) else None
        return _("is"), str(row or "—")


def is_id(value):
    """Whether this can be the id of a record."""
    return value.isdecimal() and len(value) < 19


class Person(Picked):
    """Rows of a person: an id, `me`, or `team` for everyone in my team."""

    def __init__(self, **kwargs):
        super().__init__("people", fixed=((ME, gettext_lazy("me")), (MY_TEAM, gettext_lazy("my team"))), **kwargs)

    def filter(self, qs, value):
        if not value:
            return qs
        actor = self.parent.actor
        if value == ME:
            return qs.filter(**{f"{self.field_name}_id": actor.pk})
        if value == MY_TEAM:
            return qs.filter(team_id=actor.team_id)
        return super().filter(qs, value)

    def words(self, value):
        if value == ME:
            return _("is"), _("me")
        if value == MY_TEAM:
            return _("is in"), _("my team")
        return super().words(value)


# A hundred years are further back than any firm remembers; what is typed beyond is meant as “ever”.
LONGEST_DAYS = 36_500


class IdleFor(df.NumberFilter):
    """Rows whose moment lies at least so many days back, or which have none."""

    def filter(self, qs, value):
        if value is None:
            return qs
        limit = clock.now() - timedelta(days=max(0, min(int(value), LONGEST_DAYS)))
        return qs.filter(Q(**{f"{self.field_name}__lt": limit}) | Q(**{self.field_name: None}))

    def words(self, value):
        return _("earlier than"), _("%(days)d days ago") % {"days": value}


class DayRange(df.DateFromToRangeFilter):
    """From a day to a day, both included; of a moment, days of the company's time zone."""

    moment = False

    def __init__(self, *args, moment=False, **kwargs):
        kwargs.setdefault("widget", df.widgets.DateRangeWidget(attrs={"type": "date"}))
        super().__init__(*args, **kwargs)
        self.moment = moment

    def filter(self, qs, value):
        if not value:
            return qs
        if value.start:
            qs = qs.filter(**{f"{self.field_name}__gte": self._edge(value.start)})
        if value.stop and value.stop.date() < date.max:
            stop = value.stop.date() + timedelta(days=1)
            qs = qs.filter(**{f"{self.field_name}__lt": self._edge(datetime.combine(stop, time.min))})
        return qs

    def _edge(self, value):
        day = value.date()
        if not self.moment:
            return day
        return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())

    def words(self, value):
        start = value.start.date().isoformat() if value.start else ""
        stop = value.stop.date().isoformat() if value.stop else ""
        if start and stop:
            return _("from – to"), f"{start} – {stop}"
        return (pgettext("range", "from"), start) if start else (pgettext("range", "until"), stop)


class Between(df.RangeFilter):
    """From a number to a number, both included."""

    def words(self, value):
        if value.start is not None and value.stop is not None:
            return _("between"), f"{value.start}–{value.stop}"
        return ("≥", str(value.start)) if value.start is not None else ("≤", str(value.stop))


class YesNo(df.BooleanFilter):
    """A question with yes or no."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("widget", forms.Select(choices=[("", "—"), ("true", gettext_lazy("yes")), ("false", gettext_lazy("no"))]))
        super().__init__(*args, **kwargs)

    def words(self, value):
        return _("is"), _("yes") if value else _("no")


class Tagged(df.CharFilter):
    """Rows that carry a tag."""

    def filter(self, qs, value):
        return qs.filter(**{f"{self.field_name}__contains": [value]}) if value else qs

    def words(self, value):
        return _("is"), value


class RegionIn(Picked):
    """Rows of a province, city or district, by its code of two to six digits."""

    def __init__(self, **kwargs):
        super().__init__("regions", **kwargs)

    def filter(self, qs, value):
        code = (value or "").rstrip("0") if (value or "").isdigit() else ""
        if not code:
            return qs.none() if value else qs
        code += "0" * (len(code) % 2)
        return qs.filter(**{f"{self.field_name}__startswith": code})

    def words(self, value):
        return _("is in"), super().words(value)[1]
