"""Whose figures a person may see: the whole house, the teams below, the own team, or the own records."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from crm.accounts.models import Team, User
from crm.accounts.tree import with_teams_below
from crm.core.policy import require
from crm.core.rights import ALL, NONE, OWN, TEAM, TREE
from customers.quality.models import QualityDay

RIGHT = "quality.view"
ORDER = (NONE, OWN, TEAM, TREE, ALL)


@dataclass(frozen=True)
class Part:
    """A part of the house as one person may see it: a team takes those below it along."""

    actor: object
    team: int | None = None
    owner: int | None = None

    @classmethod
    def asked(cls, actor, noun, team=None, owner=None) -> "Part":
        """What was asked for, within what the rights to quality and to the records both reach."""
        require(actor, RIGHT)
        require(actor, f"{noun}.view")
        reach = min(actor.reach(RIGHT), actor.reach(f"{noun}.view"), key=ORDER.index)
        if reach == OWN:
            return cls(actor, owner=actor.pk)
        if reach in (TEAM, TREE) and team not in actor.team_ids(reach):
            team = actor.team_id or 0
        return cls(actor, team, owner)

    @cached_property
    def team_ids(self) -> list[int]:
        """The team and those below it."""
        return with_teams_below(self.team)

    def rows(self, noun):
        """The kept figures it covers."""
        found = Q(noun=noun)
        found &= Q() if self.team is None else Q(team_id__in=self.team_ids)
        return QualityDay.objects.filter(found & (Q() if self.owner is None else Q(owner_id=self.owner)))

    def parameters(self) -> dict:
        """What says the same in the address of a list."""
        return {name: value for name, value in (("team", self.team), ("owner", self.owner)) if value is not None}

    def covers(self, owner: User) -> bool:
        """Whether the records of this person are among those it speaks of."""
        if self.owner is not None:
            return owner.pk == self.owner
        return self.team is None or owner.team_id in self.team_ids


def teams_for(actor, noun) -> list[Team]:
    """The teams this person may ask for; none where there is only one."""
    reach = min(actor.reach(RIGHT), actor.reach(f"{noun}.view"), key=ORDER.index)
    if reach == ALL:
        return list(Team.objects.all())
    ids = actor.team_ids(reach)
    return list(Team.objects.filter(pk__in=ids)) if len(ids) > 1 else []


def watchers():
    """Those who look after the data of more people than themselves: they get the weekly digest."""
    people = User.objects.with_rights().filter(is_active=True, is_system=False)
    return [person for person in people if person.reach(RIGHT) in (TEAM, TREE, ALL)]
