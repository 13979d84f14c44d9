"""Selections of companies that read aloud."""

from crm.core.scope import ScopedQuerySet


class CompanyQuerySet(ScopedQuerySet):
    """Companies by meaning."""

    def owned_by(self, user):
        """Companies of this person."""
        return self.filter(owner=user)

    def not_contacted_since(self, moment):
        """Companies whose last contact lies before the moment, or which were never contacted."""
        return self.exclude(last_contact_at__gte=moment)
