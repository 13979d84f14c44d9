"""The changes to several records at once that a person made lately and can still take back."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, Count, Max, Min
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from crm.activity.models import About, Activity
from crm.activity.undo import WINDOW, undoable
from crm.core import clock

# As far back as the list looks in what one person did, and as many as it shows.
FAR = 20_000
SHOWN = 50
WORDS = {
    "updated": _("Changed"),
    "assigned": _("Handed over"),
    "returned": _("Returned to a pool"),
    "deleted": _("Put into the bin"),
    "restored_as_of": _("Brought back to an earlier state"),
}


@dataclass(frozen=True)
class BulkChange:
    """One act on several records: its event, the words for it, how many records, when, and whether it was taken back."""

    event_id: int
    words: object
    nouns: object
    count: int
    at: datetime
    is_undone: bool


def bulk_changes(actor) -> list[BulkChange]:
    """What this person did with several records at once within thirty days, the latest first."""
    return sorted([*_grouped_changes(actor), *_whole_changes(actor)], key=lambda change: change.event_id, reverse=True)[:SHOWN]


def _whole_changes(actor):
    """Acts made of several verbs, which are taken back as one; what they touched stands in `versions` of their data."""
    wholes = [verb for verb, way in undoable.items() if way.whole]
    acts = list(Activity.objects.filter(actor=actor, verb__in=wholes, at__gte=clock.now() - WINDOW).select_related("kind").order_by("-pk")[:SHOWN])
    undone = _undone(acts)
    return [
        BulkChange(
            act.pk, WORDS[act.verb.rpartition(".")[2]], act.kind.model_class()._meta.verbose_name_plural, len(act.data["versions"]), act.at, act.pk in undone
        )
        for act in acts
    ]


def _grouped_changes(actor):
    rows = list(_grouped(_recent(actor)).filter(n__gt=1).order_by("-first")[:SHOWN])
    parts = Activity.objects.select_related("kind").in_bulk([row[end] for row in rows for end in ("first", "last")])
    undone = _undone(parts.values())
    return [
        BulkChange(
            row["within"],
            WORDS.get(row["verb"].rpartition(".")[2], row["verb"]),
            parts[row["first"]].kind.model_class()._meta.verbose_name_plural,
            row["n"],
            row["at"],
            bool({row["first"], row["last"]} & undone),
        )
        for row in rows
    ]


def _recent(actor):
    own = Activity.objects.filter(actor=actor)
    far = own.order_by("-pk").values_list("pk", flat=True)[FAR : FAR + 1]
    rows = own.filter(at__gte=clock.now() - WINDOW, verb__in=[verb for verb, _way in undoable.items()], data__has_key="within").exclude(data__has_key="because")
    return rows.filter(pk__gt=far[0]) if far else rows


def _grouped(rows):
    within = rows.annotate(within=Cast(KT("data__within"), BigIntegerField())).order_by().values("within", "verb")
    return within.annotate(n=Count("pk"), first=Min("pk"), last=Max("pk"), at=Max("at"))


def _undone(parts):
    """Which of these parts were taken back; found on the timelines of their records."""
    told = set()
    for kind in {part.kind_id for part in parts}:
        ids = [part.object_id for part in parts if part.kind_id == kind]
        links = About.objects.filter(kind=kind, object_id__in=ids, activity__verb__endswith=".undone")
        told |= set(links.values_list("activity__data__undid", flat=True))
    return told
