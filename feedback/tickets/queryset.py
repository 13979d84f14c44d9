"""Selections of feedback that read aloud."""

from crm.core.scope import ScopedQuerySet


class TicketQuerySet(ScopedQuerySet):
    """Feedback by meaning."""

    def open(self):
        """Feedback that still waits for us or for the customer."""
        return self.filter(state__in=("new", "working", "waiting"))
