"""Selections of orders that read aloud."""

from django.db.models import Q

from crm.core.scope import ScopedQuerySet


class OrderQuerySet(ScopedQuerySet):
    """Orders by meaning."""

    def placed(self):
        """Orders the customer has placed."""
        return self.filter(state="placed")

    def awaiting_agreement(self):
        """Drafts whose special price the team lead has not agreed to yet."""
        return self.filter(state="draft", is_special_price=True, special_price_agreed_by=None)

    def found_by(self, typed):
        """Orders by a piece of their number or by their external ID."""
        return self.filter(Q(number__icontains=typed) | Q(external_id=typed))
