"""Selections of leads that read aloud."""

from django.db.models import Q

from crm.core.scope import ScopedQuerySet

OPEN_STATES = ("unassigned", "pending", "working")


class LeadQuerySet(ScopedQuerySet):
    """Leads by meaning."""

    def open(self):
        """Leads that can still become customers."""
        return self.filter(state__in=OPEN_STATES)

    def unassigned(self):
        """Leads that nobody owns yet."""
        return self.filter(state="unassigned")

    def owned_by(self, user):
        """Leads of this person."""
        return self.filter(owner=user)

    def assignable_by(self, actor, action="assign"):
        """Leads this person may give away: those in reach, and those in the own pools for whoever has the right at all."""
        if not actor.may(f"leads.{action}"):
            return self.none()
        scope = actor.scope(self.model, action)
        if scope.everything:
            return self.live()
        return self.live().filter(scope.condition(self.model) | Q(pool_id__in=actor.pool_ids(), owner=None))
