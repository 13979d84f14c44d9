"""Filters that speak of teams."""

import re

import django_filters as df
from django.utils.translation import gettext as _

from crm.accounts.models import Team
from crm.accounts.tree import with_teams_below

FORM = re.compile(r"(\d{1,18})(\.only)?")


class InTeam(df.CharFilter):
    """Rows of a team and of the teams below it, by its id; `12.only` leaves those below out."""

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
