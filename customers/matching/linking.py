"""Linking a table with itself, or two tables with each other: candidates, what agreement is worth, groups that hold together."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from customers.matching.evidence import Evidence
from customers.matching.linkage import blocking, learning
from customers.matching.linkage.clustering import cluster
from customers.matching.linkage.comparing import SAME

SAMPLE = 300_000
# So many pairs at a time: what is kept of each is small, what is needed to compare it is not.
PORTION = 400_000
# In a table of a few rows every value looks common; out there it is as rare as in one of so many.
SMALLEST = 1000
# Of evidence that comes together only so much of the weaker counts.
WEAKER = {"seat": 0.3, "web": 0.3, "firm": 0.15}


@dataclass
class Linked:
    """All candidates with their steps, one column for each evidence; `odds` are log2 odds of being one thing."""

    evidence: list[Evidence]
    left: np.ndarray
    right: np.ndarray
    levels: np.ndarray
    odds: np.ndarray
    share: float

    @cached_property
    def probability(self):
        """Of being one thing, for each pair."""
        return 1 / (1 + np.exp2(-self.odds))

    def step(self, name):
        """The steps of one evidence; None where the table has none of it."""
        found = [place for place, each in enumerate(self.evidence) if each.name == name]
        return self.levels[:, found[0]] if found else None


def link(evidence: list[Evidence], rows: int, groups=None, tell=lambda done, total: None) -> Linked:
    """Compare what is worth comparing and learn from it what agreement is worth; `groups` (0, 1) links two tables.

    `tell` is called now and then with how many of how many pairs are compared.
    """
    blocks = [codes for each in evidence for codes in each.blocks]
    weak = [codes for each in evidence for codes in each.weak]
    left, right = blocking.candidates(blocks, groups, weak=weak)
    levels = _levels(evidence, left, right, tell)
    sample = _levels(evidence, *learning.random_pairs(rows, groups, SAMPLE))
    comparisons = [each.comparison for each in evidence]
    weights = learning.learn(comparisons, levels, _all_pairs(rows, groups), sample)
    return Linked(evidence, left, right, levels, _odds(evidence, weights, left, right, levels, rows), weights.share)


def grouped(linked: Linked, rows: int, barred=None):
    """The group of each row; `barred` pairs never share one."""
    odds = linked.odds if barred is None else np.where(barred, -60.0, linked.odds)
    return cluster(rows, linked.left, linked.right, odds)


def _levels(evidence, left, right, tell=lambda done, total: None):
    found = np.empty((len(left), len(evidence)), dtype=np.int8)
    for part in _portions(len(left)):
        for place, each in enumerate(evidence):
            found[part, place] = each.levels(left[part], right[part])
        tell(part.stop, len(left))
    return found


def _portions(size):
    return [slice(start, min(start + PORTION, size)) for start in range(0, size, PORTION)]


def _all_pairs(rows, groups):
    if groups is None:
        return rows * (rows - 1) / 2
    return float((groups == 0).sum()) * float((groups == 1).sum())


def _odds(evidence, weights, left, right, levels, rows):
    odds = np.empty(len(left), dtype=np.float32)
    for part in _portions(len(left)):
        odds[part] = _sum(evidence, _bits(evidence, weights, left[part], right[part], levels[part], rows)) + weights.prior
    return odds


def _bits(evidence, weights, left, right, levels, rows):
    """The bits of every step; agreement in a rare value is worth more than in a common one."""
    bits = np.stack([weights.bits[place][levels[:, place]] for place in range(len(evidence))], axis=1)
    for place, each in enumerate(evidence):
        shared = each.rarity(left, right, levels[:, place])
        agree = (shared > 0) & (levels[:, place] >= SAME)
        at = levels[agree, place]
        common = np.maximum(shared[agree] - 1, 1) / max(rows - 1, SMALLEST)
        bits[agree, place] = np.log2(weights.same[place][at] / common)
    return bits


def _sum(evidence, bits):
    """All bits together, of one bundle the strongest whole and the others in part."""
    total = np.zeros(len(bits))
    bundles = {}
    for place, each in enumerate(evidence):
        if each.bundle:
            bundles.setdefault(each.bundle, []).append(place)
        else:
            total += bits[:, place]
    for bundle, places in bundles.items():
        part = bits[:, places]
        loudest = np.take_along_axis(part, np.abs(part).argmax(axis=1)[:, None], axis=1)[:, 0]
        total += loudest + WEAKER[bundle] * (part.sum(axis=1) - loudest)
    return total
