"""Selections of feedback that read aloud."""

from crm.core.scope import ScopedQuerySet

# The customer waits for us; while we wait for the customer, nothing falls due.
RUNNING_STATES = ("new", "working")
OPEN_STATES = (*RUNNING_STATES, "waiting")


class TicketQuerySet(ScopedQuerySet):
    """Feedback by meaning."""

    def open(self):
        """Feedback that still waits for us or for the customer."""
        return self.filter(state__in=OPEN_STATES)

    def running(self):
        """Feedback on which the customer waits for us."""
        return self.filter(state__in=RUNNING_STATES)

    def due_before(self, moment):
        """Feedback that should have been answered before the moment, and was not."""
        return self.running().filter(due_at__lt=moment)

    def to_remind(self, moment):
        """Feedback that is due and of which its owner was not reminded yet."""
        return self.live().running().filter(due_at__lte=moment, reminded_at=None)
