"""How long an opportunity has been in which stage, read from its moves."""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

from crm.core import clock


def time_in_stage(opportunity) -> dict[str, timedelta]:
    """Stage code to the whole time spent there, visits that were repeated added up; a closed stage has no time."""
    changes = list(opportunity.stage_changes.filter(is_taken_back=False).order_by("at", "id").values_list("to_stage__code", "at"))
    if opportunity.is_running:
        changes.append((None, clock.now()))
    spent: dict[str, timedelta] = defaultdict(timedelta)
    for (code, since), (_next, until) in pairwise(changes):
        spent[code] += until - since
    return dict(spent)
