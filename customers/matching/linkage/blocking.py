"""Which pairs are worth comparing: those that agree in something rare, alone or two things together."""

from itertools import chain, combinations, starmap

import numpy as np

# A group of so many rows says too little; two things together are asked for instead.
LARGEST_GROUP = 40


def candidates(columns, groups=None, largest=LARGEST_GROUP, weak=()):
    """Pairs of rows (smaller row first, each once) that share a value of one column, or of two, in a small enough group.

    `columns` are arrays of codes, MISSING below zero, equally long; `weak` ones count only together with another.
    With `groups` (an array of 0 and 1) only pairs
    across the two groups are kept.
    """
    rows = len(columns[0]) if columns else 0
    keys = _all_keys(columns, list(weak), largest)
    left, right = (part.astype(np.int32) for part in np.divmod(keys, max(rows, 1)))
    if groups is not None:
        across = groups[left] != groups[right]
        left, right = left[across], right[across]
    return left, right


def _all_keys(columns, weak, largest):
    """Each pair once. Many columns name the same pair: they are thinned out on the way, so that memory holds each about twice."""
    keys, waiting, size = np.empty(0, np.int64), [], 0
    for codes in chain(columns, starmap(together, combinations([*columns, *weak], 2))):
        waiting.append(_pairs_of(codes, largest))
        size += len(waiting[-1])
        if size > max(len(keys), 1_000_000):
            keys, waiting, size = _once(np.concatenate([keys, *waiting])), [], 0
    return _once(np.concatenate([keys, *waiting]))


def _once(keys):
    """Each key once, in order; sorting is many times faster here than the hash table of np.unique."""
    keys.sort()
    return keys[np.r_[True, keys[1:] != keys[:-1]]] if len(keys) else keys


def together(one, other):
    """The codes of two columns as those of one; missing where either is."""
    both = (one >= 0) & (other >= 0)
    return np.where(both, one.astype(np.int64) * (int(other.max(initial=0)) + 1) + other, -1)


def _pairs_of(codes, largest):
    """Every pair of rows with the same code, as left × rows + right, of groups of two up to the largest."""
    rows = len(codes)
    order = np.argsort(codes, kind="stable")
    order = order[np.searchsorted(codes[order], 0) :]
    sorted_codes = codes[order]
    starts = np.flatnonzero(np.r_[True, sorted_codes[1:] != sorted_codes[:-1]]) if len(order) else np.empty(0, np.int64)
    sizes = np.diff(np.r_[starts, len(order)])
    found = []
    for size in np.unique(sizes[(sizes > 1) & (sizes <= largest)]):
        members = order[starts[sizes == size][:, None] + np.arange(size)]
        left, right = np.triu_indices(size, 1)
        one, other = members[:, left].ravel(), members[:, right].ravel()
        found.append(np.minimum(one, other) * rows + np.maximum(one, other))
    return np.concatenate(found) if found else np.empty(0, np.int64)
