"""The summaries of the floor: each room registers which rows its tables are made of, and which of those an event touches."""

from collections.abc import Callable
from dataclasses import dataclass, field

from crm.core.registry import Registry
from reports.kept.table import Table


@dataclass(frozen=True)
class Group:
    """Tables made of the same rows: those of `model`, of which `columns` are read (its id first), as the lines say.

    `tables` stand in the order in which they are computed, a rolled-up one after what it adds up. `also` gives further rows that a
    batch touches, by the ids of its events; `given` are further parameters of the SQL.
    """

    model: type
    columns: str
    lines: Callable[[str], str]
    tables: tuple[Table, ...]
    also: Callable[[list], set] | None = None
    given: dict = field(default_factory=dict)


groups: "Registry[Group]" = Registry("group of summaries")
