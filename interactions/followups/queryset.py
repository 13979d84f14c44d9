"""Selections of follow-ups that read aloud."""

from crm.core.scope import ScopedQuerySet


class FollowUpQuerySet(ScopedQuerySet):
    """Follow-ups by meaning."""

    def open(self):
        """Follow-ups still to be done."""
        return self.filter(state="open")

    def due_before(self, moment):
        """Follow-ups due before the moment."""
        return self.filter(due_at__lt=moment)
