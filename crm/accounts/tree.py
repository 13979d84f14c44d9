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
