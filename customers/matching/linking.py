"""Linking a table with itself, or two tables with each other: candidates, what agreement is worth, groups that hold together."""

from dataclasses import dataclass

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
# Values are told apart by how many rows carry them: 2, up to 4, up to 8, and so on, to more than there ever are.
SIZES = 24
# Log2 odds of a pair that is surely two: more than any group could outweigh.
APART = -60.0
# Of evidence that comes together only so much of the weaker counts.
WEAKER = {"seat": 0.3, "web": 0.3, "firm": 0.15}


@dataclass
class Linked:
    """All candidates with their steps, one column for each evidence; `odds` are log2 odds of being one thing.

    `apart` says which pairs are two things whatever the odds.
    """

    evidence: list[Evidence]
    left: np.ndarray
    right: np.ndarray
    levels: np.ndarray
    apart: np.ndarray | None = None
    odds: np.ndarray | None = None

    def step(self, name):
        """The steps of one evidence; None where the table has none of it."""
        found = [place for place, each in enumerate(self.evidence) if each.name == name]
        return self.levels[:, found[0]] if found else None


def link(evidence: list[Evidence], rows: int, apart, groups=None, tell=lambda done, total: None) -> Linked:
    """Compare what is worth comparing and learn from it what agreement is worth; `groups` (0, 1) links two tables.

    `apart` (of a Linked without odds) says which pairs are surely two: nothing is learned from them as if they were one.
    `tell` is called now and then with how many of how many pairs are compared.
    """
    blocks = [codes for each in evidence for codes in each.blocks]
    weak = [codes for each in evidence for codes in each.weak]
    left, right = blocking.candidates(blocks, groups, weak=weak)
    linked = Linked(evidence, left, right, _levels(evidence, left, right, tell))
    linked.apart = apart(linked)
    sample = _levels(evidence, *learning.random_pairs(rows, groups, SAMPLE))
    weights = learning.learn([each.comparison for each in evidence], linked.levels[~linked.apart], _all_pairs(rows, groups), sample)
    linked.odds = _odds(linked, weights, _strangers(linked, weights, rows), rows)
    return linked


def grouped(linked: Linked, rows: int):
    """The group of each row; pairs that are apart never share one."""
    return cluster(rows, linked.left, linked.right, np.where(linked.apart, APART, linked.odds))


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


def _odds(linked, weights, strangers, rows):
    odds = np.empty(len(linked.left), dtype=np.float32)
    for part in _portions(len(linked.left)):
        bits = _bits(linked.evidence, weights, linked.left[part], linked.right[part], linked.levels[part], rows, strangers)
        odds[part] = _sum(linked.evidence, bits) + weights.prior
    return odds


def _strangers(linked, weights, rows):
    """For each evidence, by how many rows carry a value: the share of strangers among the pairs that have it in common.

    A mobile in two rows is nearly always one person's, a switchboard in twenty hardly ever: how much so, the table tells.
    Learned from some of the pairs, with every value counted as if all who share it were strangers.
    """
    some = np.random.default_rng(learning.SEED).permutation(len(linked.left))[:PORTION]
    evidence, left, right, levels = linked.evidence, linked.left[some], linked.right[some], linked.levels[some]
    shared = [each.rarity(left, right, levels[:, place]) for place, each in enumerate(evidence)]
    odds = _sum(evidence, _bits(evidence, weights, left, right, levels, rows)) + weights.prior
    other = np.where(linked.apart[some], 1.0, 1 - learning.of_odds(odds))
    found = []
    for place, counts in enumerate(shared):
        agree = (counts > 1) & (levels[:, place] == SAME)
        size = _size(counts[agree])
        pairs = np.bincount(size, minlength=SIZES)
        # One pair more of strangers than were seen, so that few pairs prove nothing.
        found.append((np.bincount(size, weights=other[agree], minlength=SIZES) + 1) / (pairs + 1))
        # Where only some of the pairs that share a value were worth comparing, those are no fair sample.
        found[-1][_size(blocking.LARGEST_GROUP) if evidence[place].blocks else 0 :] = 1
    return found


def _size(counts):
    """2 rows, up to 4, up to 8 …"""
    return np.minimum(np.ceil(np.log2(np.maximum(counts, 2))).astype(int), SIZES - 1)


def _bits(evidence, weights, left, right, levels, rows, strangers=None):
    """The bits of every step; agreement in a rare value is worth more than in a common one."""
    bits = np.stack([weights.bits[place][levels[:, place]] for place in range(len(evidence))], axis=1)
    for place, each in enumerate(evidence):
        shared = each.rarity(left, right, levels[:, place])
        agree = (shared > 0) & (levels[:, place] >= SAME)
        at = levels[agree, place]
        common = np.maximum(shared[agree] - 1, 1) / max(rows - 1, SMALLEST)
        if strangers is not None:
            common *= strangers[place][_size(shared[agree])]
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
