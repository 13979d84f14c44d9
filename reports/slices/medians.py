"""Medians of numbers that are given with how often each came."""

from collections import Counter


def median(counts: Counter | None) -> float | None:
    """The middle one, between the two middle ones where they are even; None of nothing."""
    if not counts:
        return None
    total, passed, middle = counts.total(), 0, []
    wanted = {(total - 1) // 2, total // 2}
    for value in sorted(counts):
        first, passed = passed, passed + counts[value]
        middle += [value for place in wanted if first <= place < passed]
    return sum(middle) / len(middle)
