"""What a conversion leads to above this room: opportunities register here how one is opened, and what holds it fast."""

from collections.abc import Callable
from dataclasses import dataclass

from crm.core.registry import Registry


@dataclass(frozen=True)
class Outcome:
    """One kind of record that a conversion can make.

    `open` (lead, values, by) makes it, `withdraw` (lead, by) removes what this conversion made; `holds` (lead) gives the
    sentences why the conversion cannot be taken back any more.
    """

    open: Callable | None = None
    withdraw: Callable | None = None
    holds: Callable | None = None


outcomes: Registry[Outcome] = Registry("outcome of a conversion")


def what_holds(lead) -> list:
    """Everything that stands in the way of taking the conversion back."""
    return [sentence for outcome in outcomes if outcome.holds for sentence in outcome.holds(lead)]
