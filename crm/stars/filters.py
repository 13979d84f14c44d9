"""The filter for records that one has marked oneself."""

from crm.stars.models import Star
from crm.web import filters as f


class Starred(f.YesNo):
    """Records with a star of the reader's own, or those without."""

    def filter(self, qs, value):
        if value is None:
            return qs
        marked = Star.objects.filter(user=self.parent.actor, noun=qs.model.noun).values("object_id")
        return qs.filter(pk__in=marked) if value else qs.exclude(pk__in=marked)
