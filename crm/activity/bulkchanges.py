"""The changes to several records at once that a person made lately and can still take back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import BigIntegerField, Count, F, Max, Min
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from crm.activity.models import About, Activity
from crm.activity.undo import WINDOW, undoable
from crm.core import clock

# So many acts are looked at, and so many shown.
FAR = 500
SHOWN = 50
# From one act to the next one before it, each a step in the index: as quick after a hand-over of thousands.
ACTS_SQL = """
WITH RECURSIVE acts AS (
    (SELECT ((data -> 'within'))::bigint AS within FROM activity_activity
      WHERE actor_id = %(actor)s AND data ? 'within' ORDER BY ((data -> 'within'))::bigint DESC LIMIT 1)
    UNION ALL
    SELECT (SELECT ((data -> 'within'))::bigint FROM activity_activity
             WHERE actor_id = %(actor)s AND data ? 'within' AND ((data -> 'within'))::bigint < acts.within
             ORDER BY ((data -> 'within'))::bigint DESC LIMIT 1)
      FROM acts WHERE acts.within IS NOT NULL
)
SELECT within FROM acts WHERE within IS NOT NULL LIMIT %(far)s
"""
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
    """The parts of this person's latest acts that can be taken back, each with the id of its act."""
    with connection.cursor() as cursor:
        cursor.execute(ACTS_SQL, {"actor": actor.pk, "far": FAR})
        acts = [row[0] for row in cursor.fetchall()]
    rows = Activity.objects.filter(actor=actor, data__has_key="within").annotate(within=Cast(F("data__within"), BigIntegerField()))
    undoables = [verb for verb, _way in undoable.items()]
    return rows.filter(within__in=acts, at__gte=clock.now() - WINDOW, verb__in=undoables).exclude(data__has_key="because")


def _grouped(rows):
    within = rows.order_by().values("within", "verb")
    return within.annotate(n=Count("pk"), first=Min("pk"), last=Max("pk"), at=Max("at"))


def _undone(parts):
    """Which of these parts were taken back; found on the timelines of their records."""
    told = set()
    for kind in {part.kind_id for part in parts}:
        ids = [part.object_id for part in parts if part.kind_id == kind]
        links = About.objects.filter(kind=kind, object_id__in=ids, activity__verb__endswith=".undone")
        told |= set(links.values_list("activity__data__undid", flat=True))
    return told
