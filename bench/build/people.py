"""The people of the firm, and those among them whose pages are measured."""

from crm.accounts.models import Pool, Role, Team, User

TEAMS = 60
PEOPLE = 500
NOUNS = (
    "companies",
    "contacts",
    "interactions",
    "followups",
    "leads",
    "opportunities",
    "contracts",
    "orders",
    "instalments",
    "payments",
    "tickets",
    "reports",
    "products",
)


def personas():
    """The people whose pages are measured: how they reach is what makes a query cheap or dear."""
    found = {user.username.removeprefix("bench-"): user for user in User.objects.with_rights().filter(username__startswith="bench-persona-")}
    return {name.removeprefix("persona-"): user for name, user in found.items()}


def people_and_teams():
    """Five hundred people in sixty teams, as the arrays that owners are drawn from; teams and personas get their roles."""
    roles = {reach: _role(reach) for reach in ("own", "tree", "all")}
    root = Team.objects.create(name="Bench firm")
    regions = [Team.objects.create(name=f"Bench region {n}", parent=root) for n in range(4)]
    teams = [Team.objects.create(name=f"Bench team {n}", parent=regions[n % 4]) for n in range(TEAMS - 5)]
    users = User.objects.bulk_create([User(username=f"bench-{n}", name=f"Rep {n}", team=teams[n % len(teams)], role=roles["own"]) for n in range(PEOPLE)])
    # The persona of small means: the last in the skewed draw; the one of old rows: all his rows lie 300 days back.
    named = {"rep": (users[420], "own"), "rep_old": (users[430], "own")}
    for name, (user, _reach) in named.items():
        User.objects.filter(pk=user.pk).update(username=f"bench-persona-{name}")
    for name, team, reach in (("lead", teams[7], "tree"), ("lead_old", teams[30], "tree"), ("manager", regions[0], "tree"), ("admin", root, "all")):
        User.objects.create(username=f"bench-persona-{name}", name=name, team=team, role=roles[reach])
    old_team = teams[30].pk
    return {
        "who": [user.pk for user in users],
        "team_of": [user.team_id for user in users],
        "old": [user.pk == users[430].pk or user.team_id == old_team for user in users],
        "pool": Pool.objects.create(name="Bench pool", noun="leads").pk,
    }


def _role(reach):
    rights = {f"{noun}.{action}": reach for noun in NOUNS for action in ("view", "create", "edit", "assign", "delete", "export", "import")}
    return Role.objects.create(code=f"bench-{reach}", name=f"Bench {reach}", rights=rights | {"products.view": "all"})
