"""Who may agree to the special price of an order: those above its team, the nearest first."""

from crm.accounts.models import Team, User
from crm.core.rights import ALL, TEAM, TREE

RIGHT = "orders.agree_special_price"


def agreers(order) -> list[User]:
    """The people of the nearest team whose word counts for this order; without any, whoever may agree to everything."""
    above = _teams_above(order.team_id)
    able = [person for person in _holders() if _reaches(person, order, above)]
    nearest = min((above.index(person.team_id) for person in able if person.team_id in above), default=None)
    if nearest is None:
        return able
    return [person for person in able if person.team_id == above[nearest]]


def _holders():
    return User.objects.with_rights().filter(is_active=True, is_system=False, role__rights__has_key=RIGHT).order_by("pk")


def _reaches(person, order, above):
    reach = person.reach(RIGHT)
    if reach == ALL:
        return True
    return (reach == TREE and person.team_id in above) or (reach == TEAM and person.team_id == order.team_id)


def _teams_above(team):
    parents, found = dict(Team.objects.values_list("pk", "parent_id")), []
    while team is not None and team not in found:
        found.append(team)
        team = parents.get(team)
    return found
