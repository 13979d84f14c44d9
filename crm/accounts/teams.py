"""The verbs about teams: add one to the tree, say who leads it."""

from django.utils.translation import gettext_lazy as _

from crm.accounts import events
from crm.accounts.models import Team
from crm.accounts.services import ADMINISTER
from crm.activity.spine import change, event
from crm.core.cleaning import Problems, tidy
from crm.core.policy import require


def create_team(name, *, by, parent=None):
    """Add a team, under another one where `parent` is given."""
    require(by, ADMINISTER)
    values, problems = tidy({"name": name}), Problems()
    problems.required(values, "name")
    problems.length(values, Team)
    if Team.objects.filter(name=values["name"]).exists():
        problems.add("name", _("There is a team of this name already."))
    problems.check()
    with event(events.TEAM_CREATED, by=by) as found:
        found.subject = team = Team.objects.create(name=values["name"], parent=parent)
        found.data["name"] = team.name
        return team


def lead_team(team, *, leader, by):
    """Say who leads a team; said twice, it stays so."""
    require(by, ADMINISTER)
    with change(events.TEAM_LED, team, by=by) as (team, found):
        if team.leader_id == leader.pk:
            found.subject = None
            return team
        found.data.update({"from": team.leader_id, "to": leader.pk})
        team.leader = leader
        team.save(update_fields=["leader"])
        return team
