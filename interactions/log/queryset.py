"""Selections of interactions that read aloud."""

from crm.core.scope import ScopedQuerySet


class InteractionQuerySet(ScopedQuerySet):
    """Interactions by meaning."""

    def about(self, kind, object_id):
        """Interactions about one lead or opportunity."""
        return self.filter(about_kind=kind, about_id=object_id)
