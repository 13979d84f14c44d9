"""Selections of contacts that read aloud."""

from crm.core.scope import ScopedQuerySet


class ContactQuerySet(ScopedQuerySet):
    """Contacts by meaning."""

    def of_company(self, company):
        """The people of one company, those who decide first."""
        return self.filter(company=company)

    def still_there(self):
        """People who have not left their company."""
        return self.filter(has_left=False)
