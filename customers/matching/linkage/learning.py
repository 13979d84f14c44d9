"""Learning what agreement is worth: u is counted on random pairs, m learned by expectation-maximisation over all pairs."""

from dataclasses import dataclass

import numpy as np

from customers.matching.linkage.comparing import NOTHING, SAME

SAMPLE = 1_000_000  # random pairs
ROUNDS, STILL = 60, 1e-5
# What a first guess says of records of the same thing: mostly the same, now and then further apart.
FIRST_SAME = 0.85
# A small table teaches little: so many pairs of strangers, and so many of the first guess, are added to what is counted.
STRANGERS, GUESSED = 400, 5
SEED = 17


@dataclass
class Weights:
    """Bits for each step of each comparison, `bits[comparison][step]`, and the share of matching pairs among all pairs.

    `same` holds m, how often records of the same thing are at each step.
    """

    bits: list[np.ndarray]
    same: list[np.ndarray]
    share: float

    @property
    def prior(self) -> float:
        """Bits against a match before anything is compared."""
        return float(np.log2(self.share / (1 - self.share)))


def learn(comparisons, levels, pairs_in_all, sample) -> Weights:
    """The weights that explain the compared pairs best; `levels` has a row for each candidate, `sample` one for each random pair.

    Pairs that are no candidates count as certain non-matches.
    """
    weight = min(1.0, pairs_in_all / max(1, len(sample)))
    chance = [_shares(sample[:, place], comparison.steps, weight) for place, comparison in enumerate(comparisons)]
    same = [_first_guess(comparison.steps) for comparison in comparisons]
    share = min(0.5, max(1, len(levels)) ** 0.5 / pairs_in_all)
    patterns, counts = _patterns(levels, comparisons)
    for _round in range(ROUNDS):
        bits = [_bits(m, u) for m, u in zip(same, chance, strict=True)]
        certain = posterior(total(bits, patterns), share) * counts
        new = [_weighted(patterns[:, place], certain, comparison.steps) for place, comparison in enumerate(comparisons)]
        moved = max(float(np.abs(a - b).max()) for a, b in zip(new, same, strict=True))
        same, share = new, max(float(certain.sum()), 1.0) / pairs_in_all
        if moved < STILL:
            break
    return Weights([_bits(m, u) for m, u in zip(same, chance, strict=True)], same, share)


def _patterns(levels, comparisons):
    """The different rows of steps and how many pairs show each: a few thousand, however many pairs there are."""
    sizes = [comparison.steps + 1 for comparison in comparisons]
    keys = np.zeros(len(levels), dtype=np.int64)
    for place, size in enumerate(sizes):
        keys = keys * size + levels[:, place]
    keys, counts = np.unique(keys, return_counts=True)
    patterns = np.empty((len(keys), len(sizes)), dtype=np.int8)
    for place in reversed(range(len(sizes))):
        keys, patterns[:, place] = np.divmod(keys, sizes[place])
    return patterns, counts


def total(bits, levels):
    """The bits of every pair, all comparisons together."""
    return sum(bits[place][levels[:, place]] for place in range(len(bits)))


def posterior(weight, share):
    """The probability that a pair of this weight is a match."""
    return 1 / (1 + (1 - share) / share * np.exp2(-weight))


def of_odds(odds):
    """The probability that log2 odds stand for."""
    return 1 / (1 + np.exp2(-odds))


def random_pairs(rows, groups=None, sample=SAMPLE):
    """Pairs of different rows drawn at random, across the groups where there are two."""
    draw = np.random.default_rng(SEED)
    if groups is None:
        left, right = draw.integers(0, rows, sample), draw.integers(0, rows, sample)
    else:
        one, other = np.flatnonzero(groups == 0), np.flatnonzero(groups == 1)
        left, right = draw.choice(one, sample), draw.choice(other, sample)
    differ = left != right
    return left[differ], right[differ]


def _first_guess(steps):
    rest = (1 - FIRST_SAME) * 0.5 ** np.arange(1, steps)
    return np.r_[0, FIRST_SAME, rest * (1 - FIRST_SAME) / rest.sum()]


def _shares(column, steps, weight):
    counted = np.bincount(column, minlength=steps + 1)[: steps + 1] * weight
    counted[NOTHING] = 0
    counted[SAME:] += 0.5
    counted[-1] += STRANGERS
    return counted / counted.sum()


def _weighted(column, certain, steps):
    counted = np.bincount(column, weights=certain, minlength=steps + 1)[: steps + 1].astype(float)
    counted[NOTHING] = 0
    counted += GUESSED * _first_guess(steps)
    return counted / counted.sum()


def _bits(same, chance):
    bits = np.zeros(len(same))
    bits[SAME:] = np.log2(same[SAME:] / chance[SAME:])
    return bits
