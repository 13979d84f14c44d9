"""Filters that speak of teams."""

import django_filters as df
from django.utils.translation import gettext as _

from crm.accounts.models import Team
from crm.accounts.tree import with_teams_below


class InTeam(df.NumberFilter):
    """Rows of a team and of the teams below it, by its id."""

    def filter(self, qs, value):
        return qs if value is None else qs.filter(**{f"{self.field_name}__in": with_teams_below(int(value))})

    def words(self, value):
        """Operator and value for the chip."""
        return _("is in"), str(Team.objects.filter(pk=int(value)).first() or "—")
