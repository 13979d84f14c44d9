"""The register of everything that goes wrong on the way into a sheet; each is a small function with its weight."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Corruption:
    """One way of spoiling a row: `loses` says which knowledge is gone afterwards, `unseen` that the seen part never uses it."""

    name: str
    stage: str
    weight: float
    loses: frozenset
    unseen: bool
    apply: Callable


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
        allowed = {one: one.weight for one in REGISTER.values() if one.stage == stage and (unseen or not one.unseen) and not one.loses & row.keeps}
        if not allowed:
            return
        chosen = draw.weighted(allowed)
        before = row.state()
        chosen.apply(row, draw)
        if row.state() != before:
            row.did.append(chosen.name)
            row.lost |= chosen.loses
