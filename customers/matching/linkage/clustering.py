"""From pairs to groups that hold together: two groups become one only when their members agree on the whole.

Chaining is what a plain walk along the pairs falls for: A is like B, B like C, and A and C are strangers.
"""

import heapq
from collections import defaultdict

import numpy as np

# Bits against two rows of a group that were not even worth comparing.
STRANGERS = -5.0


def cluster(rows, left, right, odds):
    """The number of its group for each row; `odds` are log2 odds that the pair of rows is one thing, below zero against it.

    Average linkage inside each connected part: a pair that was never compared counts as STRANGERS.
    """
    groups = np.arange(rows)
    for members, pairs in _parts(rows, left, right, odds):
        if len(members) == 2:
            groups[members[1]] = groups[members[0]]
            continue
        for together in _joined(members, pairs):
            groups[together] = together[0]
    return groups


def _parts(rows, left, right, odds):
    """Connected parts over the pairs that speak for a match: their rows, and all odds known between them."""
    parent = list(range(rows))

    def root(row):
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for one, other in zip(left[odds > 0].tolist(), right[odds > 0].tolist(), strict=True):
        parent[root(other)] = root(one)
    roots = _roots(np.array(parent))
    inside = roots[left] == roots[right]
    members, pairs = defaultdict(set), defaultdict(dict)
    for one, other, value in zip(left[inside].tolist(), right[inside].tolist(), odds[inside].tolist(), strict=True):
        place = roots[one]
        members[place] |= {one, other}
        pairs[place][one, other] = value
    return [(sorted(found), pairs[place]) for place, found in members.items()]


def _roots(parent):
    """The root of every row, by jumps that double in length."""
    while (parent[parent] != parent).any():
        parent = parent[parent]
    return parent


def _joined(members, pairs):
    """Join the two groups that agree best, again and again, while they agree on the whole."""
    groups = {row: [row] for row in members}
    sums = defaultdict(float)
    for (one, other), value in pairs.items():
        sums[_key(one, other)] = value
    known = defaultdict(set)
    for one, other in pairs:
        known[one].add(other)
        known[other].add(one)
    queue = [(-value, one, other) for (one, other), value in sums.items() if value > 0]
    heapq.heapify(queue)
    counted = defaultdict(lambda: 1, dict.fromkeys(sums, 1))
    while queue:
        value, one, other = heapq.heappop(queue)
        if one not in groups or other not in groups or not np.isclose(-value, _mean(groups, sums, counted, one, other)):
            continue
        for third in known[one] | known[other]:
            if third in groups and third not in (one, other):
                key, gone = _key(one, third), _key(other, third)
                sums[key] = sums.get(key, 0.0) + sums.get(gone, 0.0)
                counted[key] = counted.get(key, 0) + counted.get(gone, 0)
        groups[one] += groups.pop(other)
        known[one] = {third for third in known[one] | known[other] if third in groups and third != one}
        for third in known[one]:
            known[third].add(one)
            if (mean := _mean(groups, sums, counted, one, third)) > 0:
                heapq.heappush(queue, (-mean, *_key(one, third)))
    return groups.values()


def _mean(groups, sums, counted, one, other):
    key = _key(one, other)
    all_pairs = len(groups[one]) * len(groups[other])
    return (sums.get(key, 0.0) + STRANGERS * (all_pairs - counted.get(key, 0))) / all_pairs


def _key(one, other):
    return (one, other) if one < other else (other, one)
