"""Comparing columns whose values are taken apart first: names of companies, addresses, whatever has a parse and a compare."""

from collections.abc import Callable

import numpy as np

from customers.matching.linkage.comparing import NOTHING


def by_parts(compare: Callable):
    """A function for `Comparison.close` over values that are taken apart; None from `compare` means that nothing can be said."""

    def close(one, other):
        found = (compare(a, b) for a, b in zip(one, other, strict=True))
        return np.fromiter((NOTHING if step is None else int(step) for step in found), dtype=np.int8, count=len(one))

    return close
