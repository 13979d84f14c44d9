"""How complete a contact's data is, in percent: the weighted share of what is filled in and can be used (PRODUCT A13.3)."""

from customers.companies import weights
from customers.contacts.models import ContactPoint
from customers.contacts.policies import PHONES

WAYS = ("phone", "email", "wechat")


def score(contact, points) -> int:
    """0 to 100. Points known to be wrong do not count."""
    wanted = weights.of("contacts")
    return weights.percent(wanted, _present(contact, points, wanted))


def missing(contact, points) -> list[str]:
    """The fields and ways still empty, the weightiest first."""
    return [field for field, _points in explained(contact, points)]


def explained(contact, points) -> list[tuple[str, int]]:
    """What is missing, and how many points of a hundred each would add."""
    wanted = weights.of("contacts")
    present = _present(contact, points, wanted)
    empty = [(field, weights.percent(wanted, {field})) for field in wanted if field not in present]
    return sorted(empty, key=lambda pair: -pair[1])


def _present(contact, points, wanted):
    filled = {field for field in wanted if field not in WAYS and getattr(contact, "company_id" if field == "company" else field, None)}
    return filled | _ways(points)


def _ways(points):
    kinds = {known.kind for known in points if known.state != ContactPoint.State.INVALID}
    found = {"phone"} if kinds & set(PHONES) else set()
    return found | (kinds & {ContactPoint.Kind.EMAIL, ContactPoint.Kind.WECHAT})
