"""What a person works through today, in the order of PRODUCT A3.6, each entry with its reason in words.

Four layers: mine of high quality and not yet worked today; mine due today; worked today and to be followed again today;
the rest of mine. A lead stands once, in its highest layer; inside a layer overdue comes first, then the score, then who
has waited longest. What was worked today leaves the queue at once, and comes back at the time it was put off to.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Case, Count, ExpressionWrapper, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from deals.leads.models import Lead
from deals.leads.scoring import HIGH_QUALITY

QUALITY, DUE, AGAIN, REST = 1, 2, 3, 4
LAYERS = {
    QUALITY: _("High quality, not contacted today"),
    DUE: _("Due today"),
    AGAIN: _("Contacted today, again today"),
    REST: _("The rest"),
}


@dataclass(frozen=True)
class Entry:
    """One lead of the queue: its layer, whether it is overdue, since when it waits, and why it stands where it stands."""

    lead: Lead
    layer: int
    is_overdue: bool
    waiting_since: datetime

    @property
    def reasons(self) -> list:
        """Why it stands here, the weightiest reason first, in the reader's language."""
        return [part for part in (self._why_this_layer(), self._when(), self._waiting()) if part]

    def _why_this_layer(self):
        if self.layer == QUALITY:
            return _("Grade %(grade)s, not contacted today") % {"grade": self.lead.grade}
        return LAYERS[self.layer] if self.layer == AGAIN else ""

    def _when(self):
        due = self.lead.next_step_at
        if due is None:
            return ""
        local, days = timezone.localtime(due, timezone.get_default_timezone()), self._days_since(due)
        words = {"time": local.strftime("%H:%M"), "title": self.lead.next_step, "days": days}
        if self.is_overdue and days > 0:
            return _("overdue by %(days)d days: %(title)s") % words
        if self.is_overdue:
            return _("overdue since %(time)s: %(title)s") % words
        return _("agreed for %(time)s: %(title)s") % words if days == 0 else ""

    def _waiting(self):
        days = self._days_since(self.waiting_since)
        if days == 0 and self.lead.last_contact_at is None and self.lead.assigned_at is not None:
            return _("new today")
        return _("waiting for %(days)d days") % {"days": days} if self.layer in (QUALITY, REST) and days > 0 else ""

    @staticmethod
    def _days_since(moment):
        return (clock.today() - timezone.localdate(moment, timezone.get_default_timezone())).days


def entries(person, limit=None) -> list[Entry]:
    """The queue of a person as it stands at this moment."""
    rows = _ordered(person)
    return [Entry(row, row.layer, row.is_overdue, row.waiting_since) for row in (rows[:limit] if limit else rows)]


def counts(person) -> dict[int, int]:
    """How many leads each layer holds."""
    found = dict(_layered(person).values_list("layer").annotate(count=Count("pk")).order_by())
    return {layer: found.get(layer, 0) for layer in LAYERS}


def later_today(person):
    """Leads worked today that come back to the queue at a later time of this day, the next one first."""
    start, end = clock.bounds_of(clock.today())
    return _mine(person).filter(last_contact_at__gte=start, next_step_at__gt=clock.now(), next_step_at__lt=end).order_by("next_step_at", "pk")


def worked_today(person) -> int:
    """How many leads of this person were worked today and are not back in the queue."""
    start, _end = clock.bounds_of(clock.today())
    touched = Lead.objects.live().owned_by(person).filter(last_contact_at__gte=start)
    return touched.exclude(state__in=("pending", "working"), next_step_at__lte=clock.now()).count()


def _mine(person):
    return Lead.objects.live().owned_by(person).filter(state__in=("pending", "working"))


def _layered(person):
    """The open leads of the person that are to be worked now, each with its layer."""
    start, end = clock.bounds_of(clock.today())
    touched = Q(last_contact_at__gte=start)
    layer = Case(
        When(touched, then=Value(AGAIN)),
        When(grade__in=HIGH_QUALITY, then=Value(QUALITY)),
        When(next_step_at__lt=end, then=Value(DUE)),
        default=Value(REST),
        output_field=IntegerField(),
    )
    return _mine(person).exclude(touched & (Q(next_step_at=None) | Q(next_step_at__gt=clock.now()))).annotate(layer=layer)


def _ordered(person):
    overdue = Q(next_step_at__isnull=False, next_step_at__lt=clock.now())
    return (
        _layered(person)
        .annotate(
            is_overdue=ExpressionWrapper(overdue, output_field=BooleanField()),
            waiting_since=Coalesce("last_contact_at", "assigned_at", "created_at"),
        )
        .order_by("layer", F("is_overdue").desc(), "-score", "waiting_since", "pk")
    )
