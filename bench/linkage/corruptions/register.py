"""The register of corruptions: each is a small function with its weight."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Corruption:
    """One way of spoiling a row: `loses` says which knowledge is gone afterwards, `unseen` that the seen part never uses it."""

    name: str
    stage: str
    weight: float
    loses: frozenset
    unseen: bool
    apply: Callable


MORE_UNSEEN = 1.5
REGISTER: dict[str, Corruption] = {}


def corruption(stage: str, weight: float, *, loses: str = "", unseen: bool = False):
    """Enter a function (row, draw) into the register; its name, with blanks, is how the report calls it."""

    def enter(function):
        name = function.__name__.replace("_", " ")
        assert name not in REGISTER, name
        REGISTER[name] = Corruption(name, stage, weight, frozenset(loses.split()), unseen, function)
        return function

    return enter


def spoil(row, stage: str, times: int, draw, unseen: bool = False):
    """Apply so many corruptions of a stage, none that takes what the row's firm must keep, and note those that changed something."""
    for _time in range(times):
        chosen = REGISTER[draw.weighted(_allowed(stage, row.keeps, unseen))]
        before = row.state()
        chosen.apply(row, draw)
        if row.state() != before:
            row.did.append(chosen.name)
            row.lost |= chosen.loses


@cache
def _allowed(stage, keeps, unseen):
    """Name → weight of what may happen to such a row; what only the unseen part knows happens there more often."""
    there = (one for one in REGISTER.values() if one.stage == stage and (unseen or not one.unseen) and not one.loses & keeps)
    return {one.name: one.weight * (MORE_UNSEEN if one.unseen else 1) for one in there}
