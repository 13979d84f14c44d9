"""Merging without a person what an administrator has allowed: records that say nothing different."""

from customers.duplicates.models import DuplicatePair, SearchSetting
from customers.merging import proposing, services
from customers.merging.kinds import kinds

PORTION = 500


def merge_identical(noun, *, by, tell=lambda merged: None) -> int:
    """Merge the open pairs that are surely the same and differ in no field, each in a transaction of its own; how many there were."""
    if not SearchSetting.objects.filter(noun=noun, merges_identical=True).exists():
        return 0
    kind, merged, last = kinds[noun], 0, 0
    open_pairs = DuplicatePair.objects.filter(noun=noun, state=DuplicatePair.State.OPEN, decision=DuplicatePair.Decision.SAME).order_by("pk")
    while pairs := list(open_pairs.filter(pk__gt=last)[:PORTION]):
        last = pairs[-1].pk
        for pair in pairs:
            # Read anew for each pair: the one before may have taken a record of it.
            rows = list(kind.model.objects.filter(pk__in=(pair.left_id, pair.right_id), deleted_at=None).order_by("pk"))
            if len(rows) == 2 and say_the_same(kind, rows):
                survivor = proposing.best_survivor(rows, proposing.counts_of(kind.model, [row.pk for row in rows]))
                services.merge(survivor, [row for row in rows if row != survivor], by=by)
                merged += 1
        tell(merged)
    return merged


def say_the_same(kind, rows) -> bool:
    """Whether the records have one owner and no field in which two of them say different things."""
    holders = {(row.owner_id, getattr(row, "pool_id", None)) for row in rows}
    return len(holders) == 1 and all(len(proposing.candidates(choice, rows)) <= 1 for choice in kind.choices)
