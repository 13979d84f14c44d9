"""Selections of leads that read aloud."""

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
