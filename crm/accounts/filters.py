"""Filters that speak of teams."""

import re

import django_filters as df
from django import forms
from django.utils.translation import gettext as _

from crm.accounts.models import Team
from crm.accounts.tree import in_order, with_teams_below

FORM = re.compile(r"(\d{1,18})(\.only)?")


class InTeam(df.CharFilter):
    """Rows of a team and of the teams below it, by its id; `12.only` leaves those below out."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.Select(choices=_choices), **kwargs)

    def filter(self, qs, value):
        found = FORM.fullmatch(value or "")
        if not found:
            return qs.none() if value else qs
        team = int(found[1])
        return qs.filter(**{f"{self.field_name}__in": [team] if found[2] else with_teams_below(team)})

    def words(self, value):
        """Operator and value for the chip."""
        found = FORM.fullmatch(value)
        team = Team.objects.filter(pk=int(found[1])).first() if found else None
        return _("is") if found and found[2] else _("is in"), str(team or "—")


def _choices():
    return [("", "—"), *((team.pk, "\u3000" * depth + team.name) for team, depth in in_order())]
