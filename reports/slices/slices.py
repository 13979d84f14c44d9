"""Whose rows a report counts: everything the person may see, or one team or one owner of it."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from crm.accounts.models import Team
from crm.accounts.tree import with_teams_below
from crm.core.policy import require
from crm.core.rights import ALL, NONE, OWN, TEAM, TREE

RIGHT = "reports.view"
ORDER = (NONE, OWN, TEAM, TREE, ALL)


@dataclass(frozen=True)
class Slice:
    """A part of the firm as one person may see it; `team` takes the teams below it along."""

    actor: object
    team: int | None = None
    owner: int | None = None

    @classmethod
    def asked(cls, actor, team=None, owner=None) -> "Slice":
        """What was asked for, within what the right to reports reaches; it may reach less far than the rows do."""
        require(actor, RIGHT)
        if actor.reach(RIGHT) == OWN and _reaches_less(actor):
            return cls(actor, owner=actor.pk)
        if actor.reach(RIGHT) in (TEAM, TREE) and _reaches_less(actor) and team not in actor.team_ids(actor.reach(RIGHT)):
            team = actor.team_id or 0
        return cls(actor, team, owner)

    def rows(self, model):
        """The rows of a model it counts, by the one door."""
        return self.narrowed(model.objects.visible_to(self.actor))

    def narrowed(self, rows):
        """Rows of its team and owner."""
        if self.team is not None:
            rows = rows.filter(team_id__in=self.team_ids)
        return rows if self.owner is None else rows.filter(owner_id=self.owner)

    @cached_property
    def team_ids(self) -> list[int]:
        """The team asked for and those below it."""
        return with_teams_below(self.team)

    def is_wide(self, model) -> bool:
        """Whether it goes beyond one team, so that sums must come from the summaries (LIMITS, fact 4)."""
        teams = self.teams_of_cells(model)
        return self.owner is None and (teams is None or len(teams) > 1)

    def has_cells(self, model) -> bool:
        """Whether summaries kept by owner and team answer: for one person, and for what is wide; one team is read from its rows."""
        return self.owner is not None or self.is_wide(model)

    def teams_of_cells(self, model) -> list[int] | None:
        """The teams whose summaries it reads; None stands for all there are."""
        if self.team is None:
            return None if self._reaches_all(model) else list(self.actor.scope(model).teams)
        return self.team_ids if self._reaches_all(model) else [team for team in self.team_ids if team in self.actor.scope(model).teams]

    def _reaches_all(self, model) -> bool:
        """Whether nothing of it lies outside the scope: everybody sees all that is his own."""
        scope = self.actor.scope(model)
        return scope.everything or (self.owner is not None and self.owner == scope.user)

    def in_cells(self, model) -> Q:
        """The cells of its teams, as a condition on a summary of that model, which is one of records of companies.

        Of a team asked for, only its own rows count, as in the list; beyond that, also those under its companies.
        """
        teams = self.teams_of_cells(model)
        if teams is None:
            return Q()
        return Q(team_id__in=teams) if self.team is not None else Q(team_id__in=teams) | Q(co_team_id__in=teams)

    def beyond_cells(self, model):
        """The rows it may see by another way than their team, which the cells of teams miss; None where there are none."""
        scope, teams = self.actor.scope(model), self.teams_of_cells(model)
        if self._reaches_all(model):
            return None
        in_cells, other_ways = Q(team_id__in=teams), Q(owner_id=scope.user) | Q(pk__in=scope.shared)
        if hasattr(model, "co_team_id"):
            other_ways |= Q(co_owner_id=scope.user) | Q(company_id__in=scope.shared_companies)
            by_company = Q(co_team_id__in=teams if self.team is None else scope.teams)
            in_cells, other_ways = (in_cells | by_company, other_ways) if self.team is None else (in_cells, other_ways | by_company)
        if self.team is None and hasattr(model, "pool_id"):
            in_cells |= Q(pool_id__in=scope.pools)
        # Named first, the few rows of the other ways are found by their indexes; without it all teams would be walked through.
        return self.rows(model).filter(other_ways).exclude(in_cells)

    def parameters(self) -> dict:
        """What says the same in the address of a list."""
        given = {"team": self.team, "owner": self.owner}
        return {name: value for name, value in given.items() if value is not None}


def teams_for(actor) -> list[Team]:
    """The teams this person may ask for, in the order of their names; none where there is only one."""
    reach = actor.reach(RIGHT)
    if reach == ALL:
        return list(Team.objects.all())
    ids = actor.team_ids(reach)
    return list(Team.objects.filter(pk__in=ids)) if len(ids) > 1 else []


def _reaches_less(actor):
    return ORDER.index(actor.reach(RIGHT)) < ORDER.index(actor.reach("companies.view"))
