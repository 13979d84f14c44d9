"""How records of a kind come out of the bin; rooms register their verbs."""

from collections.abc import Callable
from dataclasses import dataclass

from crm.core.registry import Registry


@dataclass(frozen=True)
class WayBack:
    """The verbs of a noun: `restore` (record, by, without, owner) and `assign` (records, to, by), where there is one.

    `values` are fields a record can come back without; `leave_out` (record, field) takes one out and gives the names of
    the columns that changed. `clashes` (records, by) gives pairs of a record and an obstacle for those which meet one.
    `page` is the name of the page of the bin.
    """

    model: type
    restore: Callable
    assign: Callable | None
    page: str
    values: tuple[str, ...] = ()
    leave_out: Callable = lambda record, field: ()
    clashes: Callable = lambda records, by: ()


ways_back: Registry[WayBack] = Registry("way back from the bin")
