"""The columns of a table as numbers: every distinct value once, and for each row the number of its value."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

MISSING = -1


@dataclass
class Coded:
    """A column: `values` are its distinct texts, `codes` for each row the place of its value or MISSING."""

    values: list[str]
    codes: np.ndarray

    @property
    def counts(self) -> np.ndarray:
        """How many rows carry each value."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.values))

    def map(self, change) -> "Coded":
        """The column with every distinct value put through a function; empty results are missing."""
        return coded([change(value) for value in self.values], self.codes)


def coded(texts: Iterable[str], through=None) -> Coded:
    """Number the distinct texts; with `through`, the texts are those of distinct values which these codes point to."""
    places: dict[str, int] = {}
    own = np.fromiter((places.setdefault(text, len(places)) if text else MISSING for text in texts), dtype=np.int32)
    codes = own if through is None else np.where(through >= 0, own[through], np.int32(MISSING))
    return Coded(list(places), codes)
