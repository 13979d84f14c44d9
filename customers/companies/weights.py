"""How many points each field adds to the completeness of a record, as an administrator set it."""

from collections import defaultdict

from crm.core.kept import Kept
from customers.companies.models import Weight

EVERY_STEP = 0


def _read():
    found = defaultdict(dict)
    for row in Weight.objects.filter(points__gt=0):
        found[row.noun, row.step][row.field] = row.points
    return found


_kept = Kept(_read)
forget = _kept.forget
# Functions that are called when a weight was changed: what scores were computed with the old one.
followers: list = []


def changed() -> None:
    """Read the weights anew, and let those who keep scores know."""
    forget()
    for follow in followers:
        follow()


def of(noun, step=EVERY_STEP) -> dict[str, int]:
    """Field to points, for records that have come to this step; those of every step where it has none of its own."""
    found = _kept()
    return found.get((noun, int(step))) or found.get((noun, EVERY_STEP)) or {}


def percent(weights, present) -> int:
    """The share of the points that these fields make up, 0 to 100."""
    whole = sum(weights.values())
    return round(100 * sum(points for field, points in weights.items() if field in present) / whole) if whole else 0
