"""Columns with several values in a row, telephone numbers above all: two rows agree when they share one."""

from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from customers.matching.linkage.comparing import NOTHING, SAME

NEAR, OTHER = 2, 3


@dataclass
class Shared:
    """Several values for each row, as columns of codes over one list of texts; step 2 are texts that end alike, or one slip apart."""

    name: str
    columns: list[np.ndarray]
    ends: list[np.ndarray]
    counts: np.ndarray
    slips: list[str] | None = None  # the texts, where a slip of the finger counts as near
    steps: int = 3

    def levels(self, left, right):
        """1 where the rows share a value, 2 where two of their values end alike, 3 where they have only others."""
        found = np.full(len(left), OTHER, dtype=np.int8)
        found[self._share(self.ends, left, right) >= 0] = NEAR
        if self.slips is not None:
            found[self._one_slip(left, right)] = NEAR
        found[self.shared(left, right) >= 0] = SAME
        nothing = ~(self._any(left) & self._any(right))
        found[nothing] = NOTHING
        return found

    def shared(self, left, right):
        """The rarest shared value of every pair, or -1."""
        return self._share(self.columns, left, right)

    def rows_with(self, codes):
        """How many rows carry each of these values."""
        return self.counts[codes]

    def _one_slip(self, left, right):
        found = np.zeros(len(left), dtype=bool)
        for one in self.columns:
            for other in self.columns:
                a, b = one[left], other[right]
                both = np.flatnonzero((a >= 0) & (b >= 0) & (a != b))
                texts = [self.slips[code] for code in a[both].tolist()], [self.slips[code] for code in b[both].tolist()]
                found[both] |= process.cpdist(*texts, scorer=OSA.distance, score_cutoff=1, dtype=np.int32) <= 1
        return found

    def _share(self, columns, left, right):
        best = np.full(len(left), -1, dtype=np.int32)
        for one in columns:
            for other in columns:
                a, b = one[left], other[right]
                best = np.where((a >= 0) & (a == b) & (best < 0), a, best)
        return best

    def _any(self, rows):
        return np.any([column[rows] >= 0 for column in self.columns], axis=0)


def shared(name, texts_of_rows, end=7, slips=False) -> Shared:
    """Build it from a list of texts for each row; `end` characters at the end make two values alike, 0: none are; so does a slip, if `slips`."""
    width = max(map(len, texts_of_rows), default=0) or 1
    places, ends = {}, {}
    columns = [np.full(len(texts_of_rows), -1, dtype=np.int32) for _n in range(width)]
    tails = [np.full(len(texts_of_rows), -1, dtype=np.int32) for _n in range(width)]
    counts = []
    for row, texts in enumerate(texts_of_rows):
        for place, text in enumerate(dict.fromkeys(texts)):
            code = places.setdefault(text, len(places))
            if code == len(counts):
                counts.append(0)
            counts[code] += 1
            columns[place][row] = code
            if end and len(text) > end:
                tails[place][row] = ends.setdefault(text[-end:], len(ends))
    return Shared(name, columns, tails, np.array(counts or [0]), list(places) if slips else None)
