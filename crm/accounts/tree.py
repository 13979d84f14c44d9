"""The tree of teams, walked in Python: it is small and asked for often."""

from collections import defaultdict

from crm.accounts.models import Team


def with_teams_below(team_id) -> list[int]:
    """The ids of a team and of all that are part of it."""
    below = defaultdict(list)
    for pk, parent in Team.objects.order_by("pk").values_list("pk", "parent_id"):
        below[parent].append(pk)
    found = [team_id]
    for one in found:
        found.extend(below[one])
    return found


def in_order() -> list[tuple[Team, int]]:
    """Every team behind the one it is part of, with its depth in the tree."""
    below = defaultdict(list)
    for team in Team.objects.all():
        below[team.parent_id].append(team)

    def walk(parent, depth):
        for team in below[parent]:
            yield team, depth
            yield from walk(team.pk, depth + 1)

    return list(walk(None, 0))
