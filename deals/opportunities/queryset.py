"""Selections of opportunities that read aloud."""

from datetime import timedelta

from django.db.models import DurationField, Exists, ExpressionWrapper, F, OuterRef

from crm.core import clock
from crm.core.scope import ScopedQuerySet

RUNNING = ("open", "pending_order")
NO_WAY_ON = ("lost", "void")


class OpportunityQuerySet(ScopedQuerySet):
    """Opportunities by meaning."""

    def running(self):
        """Opportunities that are not closed, those that only wait for their order included."""
        return self.filter(state__in=RUNNING)

    def won(self):
        """Opportunities whose order was placed."""
        return self.filter(state="won")

    def stagnant(self, share=1):
        """Running opportunities that have stood in their stage for this share of the longest stay, or longer."""
        stay = ExpressionWrapper(F("stage__max_days") * timedelta(days=1) * float(share), output_field=DurationField())
        return self.running().filter(stage_since__lte=clock.now() - stay, stage__max_days__gt=0)

    def got_as_far_as(self, stage):
        """Opportunities that reached this stage or a later one, won ones included, wherever they stand now."""
        moves = self.model.stage_changes.rel.related_model.objects.filter(opportunity=OuterRef("pk"), is_taken_back=False)
        return self.filter(Exists(moves.filter(to_stage__position__gte=stage.position).exclude(to_stage__kind__in=NO_WAY_ON)))
