"""Pairs by meaning."""

from django.db import models
from django.db.models import Q

from crm.core import clock
from customers.companies.models import Company
from customers.contacts.models import Contact

MODELS = (Company, Contact)


class PairQuerySet(models.QuerySet):
    """Pairs by meaning; who may see one is asked of both its records."""

    def visible_to(self, actor, action="merge"):
        """The pairs whose records both live and may be merged by this person."""
        seen = Q(pk__in=())
        for model in MODELS:
            reachable = model.objects.visible_to(actor, action).filter(deleted_at=None).values("pk")
            seen |= Q(noun=model.noun, left_id__in=reachable, right_id__in=reachable)
        return self.filter(seen)

    def waiting(self):
        """Those on which a person is to decide today."""
        return self.filter(Q(state="open") | Q(state="later", remind_on__lte=clock.today()))

    def of(self, noun, ids):
        """The pairs in which one of these records stands."""
        return self.filter(Q(left_id__in=ids) | Q(right_id__in=ids), noun=noun)
