"""A15.1: thirty people of every kind, three hundred records; every form of the scope gives what a plain reading gives."""

import random

import pytest

from crm.accounts.models import Pool, Role, Share, Team, User
from crm.core.policy import allows
from customers.models import Company, Contact

pytestmark = pytest.mark.django_db
PEOPLE, ROWS = 30, 300
REACHES = ("none", "own", "team", "tree", "all")


class Firm:
    """A firm thrown together by dice; the same dice make the same firm."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.teams = self.make_teams()
        self.people = self.make_people()
        self.pools = self.make_pools()
        self.companies = self.make_companies()
        self.contacts = self.make_contacts()
        self.shared = self.share()

    def make_teams(self):
        teams = [Team.objects.create(name="root")]
        for number in range(11):
            teams.append(Team.objects.create(name=f"t{number}", parent=self.dice.choice(teams)))
        return teams

    def make_people(self):
        roles = [
            Role.objects.create(code=f"r{n}", name=f"r{n}", rights={"companies.view": REACHES[n % 5], "contacts.view": REACHES[n // 5 % 5]}) for n in range(25)
        ]
        return [
            User.objects.create(username=f"u{n}", name=f"u{n}", role=self.dice.choice(roles), team=self.dice.choice([*self.teams, None])) for n in range(PEOPLE)
        ]

    def make_pools(self):
        pools = [Pool.objects.create(name=f"p{n}", noun="companies") for n in range(3)]
        for pool in pools:
            pool.members.set(self.dice.sample(self.people, 4))
            pool.teams.set(self.dice.sample(self.teams, 2))
        return pools

    def make_companies(self):
        rows = []
        for number in range(ROWS):
            owner = self.dice.choice([*self.people, None])
            pool = self.dice.choice(self.pools) if owner is None and self.dice.random() < 0.7 else None
            binned = {"deleted_at": "2026-01-01T00:00Z"} if self.dice.random() < 0.05 else {}
            rows.append(Company(name=f"c{number}", owner=owner, team=owner and owner.team, pool=pool, potential_at="2026-01-01T00:00Z", **binned))
        return Company.objects.bulk_create(rows)

    def make_contacts(self):
        rows = []
        for number in range(ROWS):
            owner, company = self.dice.choice([*self.people, None]), self.dice.choice([*self.companies, None])
            rows.append(
                Contact(
                    name=f"k{number}", owner=owner, team=owner and owner.team, company=company,
                    co_owner=company and company.owner, co_team=company and company.team,
                )
            )  # fmt: skip
        return Contact.objects.bulk_create(rows)

    def share(self):
        given = set()
        for rows, noun in ((self.companies, "companies"), (self.contacts, "contacts")):
            for row in self.dice.sample(rows, 20):
                given.add((noun, row.pk, self.dice.choice(self.people).pk))
        Share.objects.bulk_create([Share(noun=noun, object_id=pk, user_id=user) for noun, pk, user in given])
        return given

    # --- the plain reading: one person, one record, no query -------------------------------------
    def above(self, team):
        while team is not None:
            yield team
            team = next((one for one in self.teams if one.pk == team.parent_id), None)

    def leads(self, user, team_id):
        team = next((one for one in self.teams if one.pk == team_id), None)
        return user.team in list(self.above(team)) if user.team else False

    def in_pool(self, user, pool):
        if pool is None:
            return False
        if user in pool.members.all():
            return True
        return any(user.team and (self.leads(user, team.pk) or team in self.above(user.team)) for team in pool.teams.all())

    def sees(self, user, noun, row):
        reach = user.role.rights[f"{noun}.view"]
        if row.deleted_at or reach == "none":
            return False
        owners = {row.owner_id, getattr(row, "co_owner_id", None)} - {None}
        teams = {row.team_id, getattr(row, "co_team_id", None)} - {None}
        if reach == "all" or user.pk in owners:
            return True
        if reach == "team" and user.team_id in teams:
            return True
        if reach == "tree" and any(self.leads(user, team) for team in teams):
            return True
        if (noun, row.pk, user.pk) in self.shared or ("companies", getattr(row, "company_id", None), user.pk) in self.shared:
            return True
        return self.in_pool(user, getattr(row, "pool", None))


@pytest.mark.parametrize("seed", [1, 7, 2026])
def test_every_form_of_the_scope_gives_the_rows_of_a_plain_reading(seed):
    firm = Firm(seed)
    seen_by_anybody = 0
    for person in User.objects.with_rights().filter(username__startswith="u").order_by("pk"):
        for model, noun, rows in ((Company, "companies", firm.companies), (Contact, "contacts", firm.contacts)):
            expected = {row.pk for row in rows if firm.sees(person, noun, row)}
            seen_by_anybody += len(expected)
            visible = model.objects.visible_to(person)
            assert set(visible.values_list("pk", flat=True)) == expected, "list"
            assert visible.count() == len(expected), "count, no row twice"
            assert {row.pk for row in model.objects.newest_visible_to(person, ROWS)} == expected, "branches"
    assert seen_by_anybody > 1000, "dice that show nobody anything prove nothing"


def test_a_short_page_of_newest_rows_is_the_head_of_the_whole_order():
    firm = Firm(3)
    for person in User.objects.with_rights().filter(username__startswith="u").order_by("pk"):
        whole = list(Company.objects.visible_to(person).order_by("-updated_at", "-pk").values_list("pk", flat=True))
        assert [row.pk for row in Company.objects.newest_visible_to(person, 10)] == whole[:10]
    assert firm.companies


def test_a_policy_never_allows_a_row_the_scope_hides():
    firm = Firm(11)
    for person in User.objects.with_rights().filter(username__startswith="u").order_by("pk"):
        visible = set(Company.objects.visible_to(person).values_list("pk", flat=True))
        allowed = {row.pk for row in Company.objects.live().select_related("pool") if allows(person, "companies.view", row)}
        assert allowed <= visible
        only_shared = {pk for noun, pk, user in firm.shared if noun == "companies" and user == person.pk}
        assert visible - allowed <= only_shared


def test_who_holds_no_right_or_is_shut_out_sees_nothing_whatever_he_owns(people):
    Company.objects.create(name="mine", owner=people.rep_a, team=people.east_1, potential_at="2026-01-01T00:00Z")
    assert Company.objects.visible_to(people.rep_a).count() == 1
    people.rep_a.is_active = False
    person = User.objects.with_rights().get(pk=people.rep_a.pk)
    person.is_active = False
    assert Company.objects.visible_to(person).count() == 0


def test_a_pool_given_to_a_team_is_open_to_the_teams_below_it(people):
    pool = Pool.objects.create(name="华东公海", noun="companies")
    pool.teams.set([people.east])
    Company.objects.create(name="free", pool=pool, potential_at="2026-01-01T00:00Z")
    seen = {person.username: Company.objects.visible_to(person).count() for person in (people.rep_a, people.lead_east, people.lead_south, people.manager)}
    assert seen == {"rep_a": 1, "lead_east": 1, "lead_south": 0, "manager": 1}
