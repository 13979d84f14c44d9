"""What a record of ours meets on its way back from the bin: the live ones that a rule takes for the same."""

from collections.abc import Callable

from crm.bin.obstacles import Obstacle
from customers.matching import checking, telling
from customers.matching.models import Action


def clashes_of(noun: str, facts_of: Callable) -> Callable:
    """The `clashes` of a noun (see WayBack): `facts_of` (record) says what it is recognised by; as many queries for all as for one."""

    def clashes(records, by):
        facts = [facts_of(record) for record in records]
        findings = checking.check(noun, facts, besides=[record.pk for record in records])
        for record, found in zip(records, findings, strict=True):
            for one in found:
                if one.action == Action.BLOCK:
                    yield record, Obstacle("duplicate", telling.sentence(one, by), one.field)

    return clashes
