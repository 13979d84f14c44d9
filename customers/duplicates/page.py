"""The page of duplicates: the pairs that wait, the surest first, and one of them side by side."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.core.rights import nouns
from customers.duplicates import searches
from customers.duplicates.models import DuplicatePair
from customers.duplicates.reading import subjects
from customers.matching import reasons
from customers.merging import page as merging
from customers.merging import proposing
from customers.merging.kinds import kinds

SHOWN = 50
COUNTED = 1000
Decision = DuplicatePair.Decision
# What the page shows: those that may be one, and those that only belong together.
PARTS = {"": (Decision.SAME, Decision.REVIEW), "related": (Decision.RELATED,)}
HEADINGS = {
    Decision.SAME: gettext_lazy("Almost certainly the same"),
    Decision.REVIEW: gettext_lazy("Perhaps the same"),
    Decision.RELATED: gettext_lazy("They belong together, but are not one"),
}
EVERY_WEEK = gettext_lazy("All records are compared with each other every week, and new ones when they come in.")
WHEN_THEY_COME = gettext_lazy("New records are compared with those that are there when they come in.")


@dataclass(frozen=True)
class Entry:
    """One pair in the list: how sure, why in a few words, and both names."""

    pair: DuplicatePair
    names: tuple
    url: str
    is_current: bool

    @property
    def percent(self):
        """The certainty as people read it; never a hundred."""
        return min(99, int(self.pair.score * 100))

    @property
    def why(self):
        """What agrees."""
        return reasons.agreeing(self.pair.reasons)


def waiting(actor, noun, part):
    """The pairs of a part on which this person is to decide, the surest first."""
    return DuplicatePair.objects.visible_to(actor, "merge", noun).waiting().filter(decision__in=PARTS[part]).order_by("-score", "-id")


def count(actor):
    """How many pairs of companies wait for this person, counted no further than a thousand: (number, whether there are more)."""
    found = waiting(actor, "companies", "")[: COUNTED + 1].count()
    return min(found, COUNTED), found > COUNTED


def of(request, noun, part):
    """All that the template shows."""
    kind, actor = kinds[noun], request.user
    pairs = list(waiting(actor, noun, part)[:SHOWN])
    current = _asked(request.GET, pairs)
    here = review_url(noun, part)
    context = {"noun": noun, "part": part, "kind": kind, "here": here, "left": waiting(actor, noun, part)[: COUNTED + 1].count(), "most": COUNTED}
    context |= {
        "entries": _entries(pairs, current, kind.model, here),
        "search": searches.under_way(noun),
        "may_search": searches.may_search(noun, actor),
        "tabs": tabs_of(actor, noun, part),
        "empty_words": EVERY_WEEK if noun in subjects else WHEN_THEY_COME,
        "on_pair": "at" in request.GET or "ids" in request.GET,
    }
    return context | (_side_by_side(request, current, kind, here) if current else {})


def tabs_of(actor, noun, part):
    """A tab for each kind of record that this person may merge, and one for the companies that only belong together."""
    found = [
        {"url": review_url(name), "label": nouns[name].label, "is_current": name == noun and not part}
        for name, _kind in kinds.items()
        if actor.may(f"{name}.merge")
    ]
    return [*found, {"url": review_url("companies", "related"), "label": _("Related companies"), "is_current": bool(part)}]


def review_url(noun, part=""):
    """The address of the pairs of a kind."""
    return reverse("customers:duplicates:review", args=[noun]) + (f"?part={part}" if part else "")


def _asked(query, pairs):
    """The pair that the address names, by its id or by those of its records; else the first."""
    at, ids = query.get("at", ""), sorted(query.get("ids", "").split(","))
    named = (pair for pair in pairs if str(pair.pk) == at or sorted((str(pair.left_id), str(pair.right_id))) == ids)
    return next(named, pairs[0] if pairs else None)


def _entries(pairs, current, model, here):
    ids = {pk for pair in pairs for pk in (pair.left_id, pair.right_id)}
    names = {row.pk: str(row) for row in model.objects.filter(pk__in=ids).only("pk", "name")}
    mark = "&" if "?" in here else "?"
    return [Entry(pair, (names[pair.left_id], names[pair.right_id]), f"{here}{mark}at={pair.pk}", pair is current) for pair in pairs]


def _side_by_side(request, pair, kind, here):
    rows = list(kind.model.objects.filter(pk__in=(pair.left_id, pair.right_id)).select_related(*kind.related))
    wanted = request.GET.get("survivor", "")
    counts = proposing.counts_of(kind.model, [row.pk for row in rows])
    survivor = next((row for row in rows if str(row.pk) == wanted), None) or proposing.best_survivor(rows, counts)
    rows.sort(key=lambda row: (row != survivor, row.pk))
    return {
        "pair": pair,
        "page": merging.Page(kind, rows, survivor, request.user),
        "heading": HEADINGS[pair.decision],
        "why": reasons.words(pair.reasons),
        "merge_url": reverse(kind.url),
        "next": here,
        "title": _("Duplicates"),
        "deeds": "customers/duplicates/deeds.html",
    }
