"""The one door to rows: `Model.objects.visible_to(actor, action)`.

The form was chosen by measurement (docs/adr/0002): ids found in Python, columns on the row, one OR;
and for pages of newest rows one ordered branch per owner, team and pool, merged.
"""

from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from crm.core.successors import without_successor

NOTHING = Q(pk__in=[])
NEWEST, OLDEST = ("-updated_at", "-pk"), ("updated_at", "pk")


@dataclass(frozen=True)
class Scope:
    """Which rows one person may reach for one action: plain ids, found once per request."""

    everything: bool = False
    user: int | None = None
    teams: tuple[int, ...] = ()
    pools: tuple[int, ...] = ()
    shared: tuple[int, ...] = field(default=(), repr=False)
    shared_companies: tuple[int, ...] = field(default=(), repr=False)

    def branches(self, model) -> list[Q]:
        """The conditions whose union is the scope; each can walk an index of its own in order."""
        child = issubclass_child(model)
        found = []
        if self.user:
            found.append(Q(owner_id=self.user))
            if child:
                found.append(Q(co_owner_id=self.user))
        for team in self.teams:
            found.append(Q(team_id=team))
            if child:
                found.append(Q(co_team_id=team))
        if has_pool(model):
            found.extend(Q(pool_id=pool) for pool in self.pools)
        if self.shared:
            found.append(Q(pk__in=self.shared))
        if child and self.shared_companies:
            found.append(Q(company_id__in=self.shared_companies))
        return found

    def condition(self, model) -> Q:
        """The same scope as one OR of plain lists: good for sums, searches and single rows."""
        parts = self.parts(model)
        return reduce(or_, parts) if parts else NOTHING

    def parts(self, model) -> list[Q]:
        """The conditions of that OR: as many as there are columns that decide, however many teams."""
        child = issubclass_child(model)
        parts = []
        if self.user:
            parts.append(Q(owner_id=self.user))
            if child:
                parts.append(Q(co_owner_id=self.user))
        if self.teams:
            parts.append(Q(team_id__in=self.teams))
            if child:
                parts.append(Q(co_team_id__in=self.teams))
        if self.pools and has_pool(model):
            parts.append(Q(pool_id__in=self.pools))
        if self.shared:
            parts.append(Q(pk__in=self.shared))
        if child and self.shared_companies:
            parts.append(Q(company_id__in=self.shared_companies))
        return parts


def issubclass_child(model) -> bool:
    """Whether rows of the model carry their company's owner and team."""
    return hasattr(model, "co_owner_id")


def has_pool(model) -> bool:
    """Whether rows of the model can lie in a pool."""
    return hasattr(model, "pool_id")


class ScopedQuerySet(models.QuerySet):
    """Rows that belong to people and teams."""

    def live(self):
        """Rows that are not in the bin."""
        return self.filter(deleted_at=None)

    def binned(self):
        """Rows that lie in the bin."""
        return self.exclude(deleted_at=None)

    def visible_to(self, actor, action="view"):
        """The live rows this person may reach for the action; nobody reaches anything without it."""
        scope = actor.scope(self.model, action)
        rows = self.live()
        return rows if scope.everything else rows.filter(scope.condition(self.model))

    def binned_visible_to(self, actor, action="restore"):
        """The rows in the bin which this person may see and restore."""
        scope = actor.scope(self.model, action)
        rows = without_successor(self.binned())
        return rows if scope.everything else rows.filter(scope.condition(self.model))

    def newest_visible_to(self, actor, limit, action="view"):
        """The newest `limit` rows of the scope: one ordered walk per branch, merged (docs/adr/0002)."""
        scope = actor.scope(self.model, action)
        if scope.everything:
            return self.live().order_by(*NEWEST)[:limit]
        heads = branch_heads(self.live(), scope, limit)
        if heads is None:
            return self.live().filter(scope.condition(self.model)).order_by(*NEWEST)[:limit]
        return self.model._default_manager.filter(pk__in=heads).order_by(*NEWEST)


# From here on a walk of the whole index finds a page sooner than so many walks of branches.
MOST_BRANCHES = 40


def branch_heads(rows, scope, limit, *, order=NEWEST):
    """The ids of the newest (or OLDEST) rows of a scope, found among the first of each branch; None when the branches are too many.

    Filters must already be on `rows`, so that they apply inside each branch. Only what is needed for the order is read of
    each row; the caller reads the rows of the page.
    """
    branches = scope.branches(rows.model)
    if not branches or rows.query.is_empty():
        return rows.none().values("pk")
    if len(branches) > MOST_BRANCHES:
        return None
    if len(branches) == 1:
        return rows.filter(branches[0]).order_by(*order).values("pk")[:limit]
    heads = [rows.filter(branch).order_by(*order).values("updated_at", "pk")[:limit] for branch in branches]
    # A row of two branches comes once. The statement is Django's own, and its values stay parameters.
    try:
        sql, values = heads[0].union(*heads[1:]).order_by(*order)[:limit].query.sql_with_params()
    except EmptyResultSet:
        return rows.none().values("pk")
    return RawSQL(f"SELECT heads.pk FROM ({sql}) AS heads", values)  # noqa: S608, S611


def some_of(rows, scope, limit):
    """The ids of at most about `limit` rows of a scope, no matter which, each once: enough to say whether there are as many."""
    parts = scope.parts(rows.model)
    some = [rows.filter(part).order_by().values("pk")[:limit] for part in parts]
    return some[0].union(*some[1:]) if len(some) > 1 else some[0] if some else rows.none().values("pk")


def scoped_manager(queryset):
    """The default manager of a scoped model."""
    return models.Manager.from_queryset(queryset)()
