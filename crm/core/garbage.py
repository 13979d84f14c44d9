"""The collector of a long-running process, set for work that makes many short-lived rows."""

import gc

# Python looks for garbage after 700 new objects; a page or a verb makes tens of thousands, nearly all freed without it.
THRESHOLDS = (50_000, 20, 20)


def search_less():
    """Search less often: for whoever begins to load the product, nearly nothing of which is ever thrown away."""
    gc.set_threshold(*THRESHOLDS)


def settle_in():
    """What is loaded now stays: leave it out of every later search, and search less often."""
    gc.collect()
    gc.freeze()
    search_less()
