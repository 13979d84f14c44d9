"""How far a person reaches: the rights of the role, turned into ids of teams, pools and shared rows."""

import json
from functools import cached_property

from django.db import connection

from crm.core.rights import ALL, NONE, TEAM, TREE
from crm.core.scope import Scope

# One statement fetches the teams below, the pools and the shared rows: plain ids, so that no scope
# query ever ORs with a subquery (docs/adr/0002). A pool given to a team is open to the teams below it,
# and to those who lead from above.
REACH_SQL = """
WITH RECURSIVE below AS (
    SELECT id FROM accounts_team WHERE id = %(team)s
    UNION
    SELECT t.id FROM accounts_team t JOIN below b ON t.parent_id = b.id
), above AS (
    SELECT id, parent_id FROM accounts_team WHERE id = %(team)s
    UNION
    SELECT t.id, t.parent_id FROM accounts_team t JOIN above a ON t.id = a.parent_id
)
SELECT ARRAY(SELECT id FROM below ORDER BY id),
       ARRAY(SELECT pool_id FROM accounts_pool_members WHERE user_id = %(user)s
             UNION SELECT pool_id FROM accounts_pool_teams
                   WHERE team_id IN (SELECT id FROM below UNION SELECT id FROM above)),
       (SELECT coalesce(jsonb_object_agg(noun, ids), '{}') FROM (
            SELECT noun, jsonb_agg(object_id) AS ids FROM accounts_share WHERE user_id = %(user)s GROUP BY noun) s)
"""


class Reaching:
    """What a User can be asked about rights; every answer is computed once per request."""

    @cached_property
    def _reached(self):
        with connection.cursor() as cursor:
            cursor.execute(REACH_SQL, {"team": self.team_id, "user": self.pk})
            teams, pools, shared = cursor.fetchone()
        return teams, pools, json.loads(shared)

    def reach(self, right: str) -> str:
        """How far a right like `"companies.edit"` reaches: none, own, team, tree or all."""
        if self.is_system:
            return ALL
        if not self.is_active or not self.role_id:
            return NONE
        return self.role.rights.get(right, NONE)

    def may(self, right: str) -> bool:
        """Whether the person holds the right at all."""
        return self.reach(right) != NONE

    def team_ids(self, reach: str) -> list[int]:
        """The teams a reach covers."""
        if reach == TEAM:
            return [self.team_id] if self.team_id else []
        return self._reached[0] if reach == TREE else []

    def pool_ids(self) -> list[int]:
        """The pools whose rows the person may see."""
        return self._reached[1]

    def shared_ids(self, noun: str) -> list[int]:
        """Rows of a noun that were shared with the person."""
        return self._reached[2].get(noun, [])

    def scope(self, model, action: str = "view") -> Scope:
        """The rows of a model this person may reach for an action."""
        return self._scopes.get((model, action)) or self._scopes.setdefault((model, action), self._scope(model, action))

    @cached_property
    def _scopes(self) -> dict:
        return {}

    def _scope(self, model, action):
        noun = model.noun
        reach = self.reach(f"{noun}.{action}")
        if reach == ALL:
            return Scope(everything=True)
        if reach == NONE:
            return Scope()
        viewing = action == "view"
        return Scope(
            user=self.pk,
            teams=tuple(self.team_ids(reach)),
            pools=tuple(self.pool_ids()) if viewing and hasattr(model, "pool_id") else (),
            shared=tuple(self.shared_ids(noun)) if viewing else (),
            shared_companies=tuple(self.shared_ids("companies")) if viewing and noun != "companies" else (),
        )

    def field_rule(self, field: str) -> str:
        """How a sensitive field (`"contacts.phone"`) is shown to this person: edit, read, mask or hide.

        A role may name the field, all fields of a noun (`"contacts.*"`) or all there are (`"*"`); the closest counts.
        """
        if self.is_system or not self.role_id:
            return "edit"
        rules = self.role.fields
        return rules.get(field) or rules.get(f"{field.partition('.')[0]}.*") or rules.get("*") or "edit"
