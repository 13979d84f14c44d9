"""Selections of contracts that read aloud."""

from crm.core.scope import ScopedQuerySet

IN_FORCE = ("signed", "executing", "done")


class ContractQuerySet(ScopedQuerySet):
    """Contracts by meaning."""

    def in_force(self):
        """Contracts that were signed and not terminated."""
        return self.filter(state__in=IN_FORCE)

    def drafted_for(self, opportunity):
        """Contracts of an opportunity that stand, if only as a draft."""
        return self.live().filter(opportunity=opportunity).exclude(state="ended")
