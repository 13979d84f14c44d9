"""How closely two values agree, in a few steps: 1 is the same, higher is further apart, 0 says nothing because one is missing."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from customers.matching.linkage.fields import Coded

NOTHING, SAME = 0, 1


@dataclass
class Comparison:
    """A compared column: its step for pairs of rows, and how many steps there are; its values are texts, or what texts were taken apart into."""

    name: str
    column: Coded
    steps: int
    close: Callable  # distinct pairs of values → array of steps from 2 on

    def levels(self, left, right) -> np.ndarray:
        """The step of every pair of rows."""
        one, other = self.column.codes[left], self.column.codes[right]
        found = np.full(len(one), SAME, dtype=np.int8)
        found[(one < 0) | (other < 0)] = NOTHING
        differ = (one != other) & (found != NOTHING)
        if differ.any():
            found[differ] = self._apart(one[differ], other[differ])
        return found

    def _apart(self, one, other):
        size = len(self.column.values)
        keys, back = np.unique(np.minimum(one, other).astype(np.int64) * size + np.maximum(one, other), return_inverse=True)
        values = self.column.values
        first, second = np.divmod(keys, size)
        return self.close([values[place] for place in first.tolist()], [values[place] for place in second.tolist()])[back]


def name_like(near=0.92, far=0.8):
    """Names and words: nearly the same, alike, or different (Jaro-Winkler)."""

    def close(one, other):
        likeness = process.cpdist(one, other, scorer=JaroWinkler.similarity, dtype=np.float32)
        return np.select([likeness >= near, likeness >= far], [2, 3], 4).astype(np.int8)

    return close, 4


def number_like():
    """Numbers, codes and dates: one slip of the finger (a digit wrong, left out, doubled or two changed places), two, or different."""

    def close(one, other):
        slips = process.cpdist(one, other, scorer=OSA.distance, score_cutoff=2, dtype=np.int32)
        return np.select([slips <= 1, slips <= 2], [2, 3], 4).astype(np.int8)

    return close, 4


def exact():
    """Words of a short list: the same or not."""

    def close(one, _other):
        return np.full(len(one), 2, dtype=np.int8)

    return close, 2
