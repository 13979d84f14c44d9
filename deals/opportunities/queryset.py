"""Selections of opportunities that read aloud."""

from crm.core.scope import ScopedQuerySet

RUNNING = ("open", "pending_order")


class OpportunityQuerySet(ScopedQuerySet):
    """Opportunities by meaning."""

    def running(self):
        """Opportunities that are not closed, those that only wait for their order included."""
        return self.filter(state__in=RUNNING)

    def won(self):
        """Opportunities whose order was placed."""
        return self.filter(state="won")
