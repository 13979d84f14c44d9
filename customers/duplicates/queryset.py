"""Pairs by meaning."""

from django.db import models
from django.db.models import Q

from crm.core import clock
from customers.merging.kinds import kinds


class PairQuerySet(models.QuerySet):
    """Pairs by meaning; who may see one is asked of both its records."""

    def visible_to(self, actor, action="merge", noun=""):
        """The pairs of all kinds, or of one, whose records both live and may be merged by this person."""
        seen = Q(pk__in=())
        for kind in [kinds[noun]] if noun else kinds:
            reachable = kind.able(kind.model.objects.visible_to(actor, action)).values("pk")
            seen |= Q(noun=kind.noun, left_id__in=reachable, right_id__in=reachable)
        return self.filter(seen)

    def waiting(self):
        """Those on which a person is to decide today."""
        return self.filter(Q(state="open") | Q(state="later", remind_on__lte=clock.today()))

    def of(self, noun, ids):
        """The pairs in which one of these records stands."""
        return self.filter(Q(left_id__in=ids) | Q(right_id__in=ids), noun=noun)
