"""The board: the open opportunities by stage, the longest waiting first, and what was closed this quarter."""

import json
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.core import clock
from crm.core.reading import with_names
from crm.web import formats
from crm.web.amounts import COVERED, readable
from deals.opportunities import gates
from deals.opportunities.median import median_days
from deals.opportunities.models import Stage
from deals.opportunities.tables import STALE_TONES, close_words, stay_words

# A lane shows its longest waiting cards; the rest is in its list.
CARDS = 40
UNDECIDED = (Stage.Kind.OPEN, Stage.Kind.PENDING_ORDER)


@dataclass
class Lane:
    """One stage with its cards, its count and its sum over everything that lies in it."""

    stage: Stage
    count: int = 0
    total: object = 0
    sum_text: str = ""
    note: str = ""
    cards: list = field(default_factory=list)
    more: int = 0
    url: str = ""


def board_of(rows, actor, list_url):
    """Lanes, closed columns and the sum line for filtered rows inside a scope; `list_url` gives the list of the same with further filters."""
    stages = list(Stage.objects.all())
    open_stages = [stage for stage in stages if stage.kind == Stage.Kind.OPEN]
    sums = _sums(rows, [stage for stage in stages if stage.kind in UNDECIDED])
    medians = median_days()
    may_read = readable(actor, "opportunities.amount")
    lanes = [_lane(stage, rows, sums, medians, open_stages, may_read) for stage in stages if stage.kind in UNDECIDED]
    for lane in lanes:
        lane.url = list_url(stage=lane.stage.code, sort="stay")
    total = sum((row["total"] or 0) for row in sums.values())
    weighted = sum((sums[lane.stage.pk]["total"] or 0) * lane.stage.probability / 100 for lane in lanes if lane.stage.pk in sums)
    return {
        "lanes": lanes,
        "closed": [_closed(stage, rows, may_read, list_url) for stage in stages if stage.kind in (Stage.Kind.WON, Stage.Kind.LOST, Stage.Kind.VOID)],
        "running": sum(row["n"] for row in sums.values()),
        "total_text": formats.money_short(total) if may_read else COVERED,
        "weighted_text": formats.money_short(weighted) if may_read else COVERED,
        "stagnant": sum(row["stagnant"] for row in sums.values()),
    }


def _sums(rows, stages):
    """Of each stage that is not decided how many lie in it, their sum, and how many have stood too long: one walk of one index."""
    long = Q(pk__in=[])
    for stage in stages:
        if stage.max_days:
            long |= Q(stage=stage, stage_since__lte=clock.now() - timedelta(days=stage.max_days))
    # That the stages are named lets the index pass over what is decided, which is most.
    running = rows.running().filter(stage__in=stages).order_by()
    counted = running.values("stage").annotate(n=Count("pk"), total=Sum("amount"), stagnant=Count("pk", filter=long))
    return {row["stage"]: row for row in counted}


def _lane(stage, rows, sums, medians, open_stages, may_read):
    found = sums.get(stage.pk, {"n": 0, "total": 0})
    lane = Lane(stage, found["n"], found["total"] or 0)
    lane.sum_text = formats.money_short(lane.total) if may_read else COVERED
    if stage.kind == Stage.Kind.OPEN:
        parts = [_("probability %(share)d%%") % {"share": stage.probability}]
        if stage.pk in medians:
            parts.append(_("median %(days)d days") % {"days": medians[stage.pk]})
        lane.note = " · ".join(parts)
    else:
        lane.note = _("Contract signed, waiting for the order")
    cards = with_names(rows.filter(stage=stage).order_by("stage_since", "pk"), "company", "owner")[:CARDS]
    for row in cards:
        row.stage = stage
    lane.cards = [_card(row, open_stages, may_read) for row in cards]
    lane.more = max(0, lane.count - len(lane.cards))
    return lane


def _card(row, open_stages, may_read):
    tone = STALE_TONES.get(row.stagnation, "")
    return {
        "row": row,
        "amount": formats.money(row.amount, row.currency).removesuffix(".00") if may_read and row.amount is not None else COVERED if row.amount else "—",
        "close": close_words(row),
        "stay": stay_words(row),
        "tone": tone,
        "icon": "clock-stop" if tone == "bad" else "clock-exclamation",
        "needs": json.dumps(_needs(row, open_stages), ensure_ascii=False),
    }


def _needs(row, open_stages):
    """For each later stage, what must still be added before the card may be put there."""
    found = {}
    for stage in open_stages:
        missing = gates.what_is_missing(row, stage, open_stages)
        if missing:
            found[stage.code] = _("Still to be added: %(things)s") % {"things": " ".join(str(one) for one in missing)}
    return found


def _closed(stage, rows, may_read, list_url):
    since = quarter_start()
    found = rows.filter(stage=stage, closed_at__gte=since).aggregate(n=Count("pk"), total=Sum("amount"))
    return {
        "stage": stage,
        "sum_text": formats.money_short(found["total"] or 0) if may_read else COVERED,
        "count": found["n"],
        "url": list_url(stage=stage.code, closed_after=timezone.localdate(since, timezone.get_default_timezone()).isoformat()),
        "refuses": _("Set by the order, not by hand: place the order.") if stage.kind == Stage.Kind.WON else "",
        "opens": {"lost": "/deals/opportunities/{id}/loss/", "void": "/deals/opportunities/{id}/voiding/"}.get(stage.kind, ""),
        "hint": {
            Stage.Kind.WON: _("Comes here by itself once the order is placed"),
            Stage.Kind.LOST: _("Asks for the reason and the competitor"),
        }.get(stage.kind, ""),
    }


def quarter_start():
    """The first moment of this quarter in the company's time zone."""
    return clock.moment_on(quarter()[0])


def quarter():
    """The first and the last day of this quarter."""
    today = clock.today()
    first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    return first, (first + timedelta(days=92)).replace(day=1) - timedelta(days=1)
