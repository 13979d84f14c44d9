"""Selections of contacts that read aloud."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, When
from django.db.models.functions import JSONObject

from crm.core.scope import ScopedQuerySet

BY_WEIGHT = ("decision_maker", "champion", "payer", "influencer", "user", "gatekeeper")


class ContactQuerySet(ScopedQuerySet):
    """Contacts by meaning."""

    def of_company(self, company):
        """The people of one company, those who decide first."""
        return self.filter(company=company)

    def deciders_first(self):
        """In the order of their weight in the decision; who has left comes last."""
        weight = Case(*(When(decision_role=role, then=place) for place, role in enumerate(BY_WEIGHT)), default=len(BY_WEIGHT))
        return self.order_by("has_left", weight, "pk")

    def with_points(self, points):
        """Each person with these points as plain values in `reach`, in the same statement."""
        values = JSONObject(**{name: name for name in ("kind", "value", "is_primary", "state")})
        return self.annotate(reach=ArraySubquery(points.filter(contact=OuterRef("pk")).values(found=values)))

    def still_there(self):
        """People who have not left their company."""
        return self.filter(has_left=False)
